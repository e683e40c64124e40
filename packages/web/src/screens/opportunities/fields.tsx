import { NumberInput, Select, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useUsers } from '../contacts/words.js'
import { type Opportunity, type Pipeline, type Status, statusNames, useLostReasons } from './words.js'

/** What a person writes of an opportunity; '' is nothing. */
export interface OpportunityValues extends Record<string, unknown> {
  readonly name: string
  readonly contactId: string
  readonly pipelineId: string
  readonly pipelineStageId: string
  readonly status: Status
  readonly lostReasonId: string
  readonly monetaryValue: number | string
  readonly assignedTo: string
  readonly source: string
  readonly forecastExpectedCloseDate: string
  readonly forecastProbability: number | string
}

export const valuesOf = (row: Opportunity | undefined, pipeline: Pipeline | undefined): OpportunityValues => ({
  name: row?.name ?? '',
  contactId: row?.contactId ?? '',
  pipelineId: row?.pipelineId ?? pipeline?.id ?? '',
  pipelineStageId: row?.pipelineStageId ?? pipeline?.stages[0]?.id ?? '',
  status: (row?.status as Status | undefined) ?? 'open',
  lostReasonId: row?.lostReasonId ?? '',
  monetaryValue: row?.monetaryValue ?? '',
  assignedTo: row?.assignedTo ?? '',
  source: row?.source ?? '',
  forecastExpectedCloseDate: (row?.forecastExpectedCloseDate ?? '').slice(0, 10),
  forecastProbability: row?.forecastProbability ?? '',
})

/** The same for the wire: what was emptied is null. */
export const bodyOf = ({ contactId: _, ...values }: OpportunityValues) => ({
  name: values.name.trim(),
  pipelineId: values.pipelineId,
  pipelineStageId: values.pipelineStageId,
  status: values.status,
  lostReasonId: (values.status === 'lost' && values.lostReasonId) || null,
  monetaryValue: values.monetaryValue === '' ? null : Number(values.monetaryValue),
  assignedTo: values.assignedTo || null,
  source: values.source.trim() || null,
  forecastExpectedCloseDate: values.forecastExpectedCloseDate || null,
  forecastProbability: values.forecastProbability === '' ? null : Number(values.forecastProbability),
})

type Form = UseFormReturnType<OpportunityValues>

const choice = (form: Form, name: keyof OpportunityValues & string) => ({
  value: (form.values[name] as string) || null,
  error: form.errors[name],
  onChange: (value: string | null) => form.setFieldValue(name, value ?? ''),
})

const Where = ({ form, pipelines }: { form: Form; pipelines: readonly Pipeline[] }) => {
  const pipeline = pipelines.find(({ id }) => id === form.values.pipelineId)
  const choosePipeline = (id: string | null) => {
    const first = pipelines.find((each) => each.id === id)?.stages[0]?.id ?? ''
    form.setValues({ pipelineId: id ?? '', pipelineStageId: first })
  }
  return (
    <>
      <Select
        label="Pipeline"
        data={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
        {...choice(form, 'pipelineId')}
        onChange={choosePipeline}
        allowDeselect={false}
      />
      <Select
        label="Stage"
        data={(pipeline?.stages ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        {...choice(form, 'pipelineStageId')}
        allowDeselect={false}
      />
    </>
  )
}

const Outcome = ({ form }: { form: Form }) => {
  const reasons = useLostReasons().data?.lostReasons ?? []
  return (
    <>
      <Select
        label="Status"
        data={Object.entries(statusNames).map(([value, label]) => ({ value, label }))}
        {...choice(form, 'status')}
        allowDeselect={false}
      />
      {form.values.status === 'lost' && (
        <Select
          label="Lost because"
          placeholder={reasons.length === 0 ? 'No reason yet: add some under Pipelines' : 'No reason given'}
          data={reasons.map(({ id, name }) => ({ value: id, label: name }))}
          {...choice(form, 'lostReasonId')}
          clearable
          clearButtonProps={{ 'aria-label': 'No reason' }}
        />
      )}
    </>
  )
}

/** The fields of an opportunity, without its contact. */
export const OpportunityFields = ({ form, pipelines }: { form: Form; pipelines: readonly Pipeline[] }) => {
  const { users } = useUsers()
  return (
    <>
      <TextInput label="Name" required autoComplete="off" {...form.getInputProps('name')} />
      <Where form={form} pipelines={pipelines} />
      <Outcome form={form} />
      <NumberInput label="Value" thousandSeparator="," decimalScale={2} hideControls {...form.getInputProps('monetaryValue')} />
      <Select
        label="Assigned to"
        placeholder="Nobody"
        data={users.map((user) => ({ value: user.id ?? '', label: user.name ?? '' }))}
        {...choice(form, 'assignedTo')}
        clearable
        clearButtonProps={{ 'aria-label': 'Assigned to nobody' }}
        searchable
      />
      <TextInput label="Expected to close on" type="date" {...form.getInputProps('forecastExpectedCloseDate')} />
      <NumberInput
        label="Probability"
        description="In percent; empty takes that of the stage."
        suffix=" %"
        min={0}
        max={100}
        decimalScale={2}
        hideControls
        {...form.getInputProps('forecastProbability')}
      />
      <TextInput label="Source" autoComplete="off" {...form.getInputProps('source')} />
    </>
  )
}
