import type { Input } from '@groundlevel/contract-kit'
import { apps } from '@groundlevel/contracts'
import { useForm } from '@mantine/form'
import { useSend } from '../../api.js'
import { markFields } from '../../parts/form-problem.js'
import { sayDone } from './save-bar.js'

type Change = NonNullable<Input<typeof apps.app.update>['body']>

/** A form over some fields of an app: sends them, keeps what was typed when they are refused. */
export const useAppForm = <T extends object>(appId: string, saved: T, bodyOf: (values: T) => Change) => {
  const form = useForm<T>({ initialValues: saved })
  const update = useSend(apps.app.update)
  const send = form.onSubmit((values) =>
    update.mutate(
      { appId, body: bodyOf(values as T) },
      {
        onError: (problem) => markFields(form as never, problem),
        onSuccess: () => {
          form.setInitialValues(form.getValues())
          form.resetDirty()
          sayDone('Saved')
        },
      },
    ),
  )
  return { form, send, problem: update.error, busy: update.isPending, names: Object.keys(saved) }
}
