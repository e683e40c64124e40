import type { UseFormReturnType } from '@mantine/form'
import { useMemo } from 'react'
import { byField, type Problem } from '../problem.js'
import { Failure } from './failure.js'

/** Marks the fields that a refusal names and moves the focus to the first; nothing that was typed is touched. */
export const markFields = <T extends Record<string, unknown>>(form: UseFormReturnType<T>, problem: Problem) => {
  const { fields } = byField(problem, Object.keys(form.getValues()))
  form.setErrors(fields)
  const first = Object.keys(fields)[0]
  if (first) form.getInputNode(first)?.focus()
}

interface FormProblemProps {
  readonly what: string
  readonly problem: Problem | null
  readonly names: readonly string[]
}

/** What a refusal says beside the fields: shown over the form's button. */
export const FormProblem = ({ what, problem, names }: FormProblemProps) => {
  const sorted = useMemo(() => (problem ? byField(problem, names) : undefined), [problem, names])
  if (!problem || !sorted) return null
  const marked = Object.keys(sorted.fields).length
  if (sorted.rest.length > 0) return <Failure what={what} problem={problem} messages={sorted.rest} focus={marked === 0} />
  return (
    <Failure
      what={what}
      problem={problem}
      messages={[`${marked === 1 ? 'One field needs' : `${marked} fields need`} your attention.`]}
    />
  )
}
