import { Stack } from '@mantine/core'
import { FormProblem } from '../../parts/form-problem.js'
import { Card } from '../../parts/page.js'
import { useApp } from './app-frame.js'
import { SaveBar } from './save-bar.js'
import { ScopePicker } from './scope-picker.js'
import { useAppForm } from './use-app-form.js'

/** What the app may ask for. */
export const AppScopes = () => {
  const app = useApp()
  const { form, send, problem, busy, names } = useAppForm(app.id, { scopes: [...app.scopes] }, (values) => values)
  return (
    <form onSubmit={send} noValidate>
      <title>{`Scopes of ${app.name} · Groundlevel`}</title>
      <Stack gap="md" maw={720}>
        <Card
          title="Scopes"
          about="Tokens carry what people allowed. Whoever installed the app before keeps the old set until they allow it again."
        >
          <ScopePicker value={form.values.scopes} onChange={(scopes) => form.setFieldValue('scopes', scopes)} />
        </Card>
        <FormProblem what="The scopes were not saved" problem={problem} names={names} />
        <SaveBar dirty={form.isDirty()} busy={busy} onUndo={form.reset} />
      </Stack>
    </form>
  )
}
