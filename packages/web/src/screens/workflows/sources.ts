import { calendars, forms, installs, links, locations, surveys, workflows } from '@groundlevel/contracts'
import { createContext, useContext } from 'react'
import { call, keyOf, useAsk } from '../../api.js'
import { usePages } from '../../parts/list/pages.js'
import { useTagNames } from '../contacts/use-contacts.js'
import { useCustomFields, useLocationId, useUsers } from '../contacts/words.js'
import { usePipelines } from '../opportunities/words.js'
import type { FactSpec, Source } from './fields.js'
import { filtersOf, kindOf } from './kinds.js'
import { nothingSupplied, suppliedFacts } from './supplied.js'
import { type Definition, everywhere } from './tree.js'
import type { Supplied } from './words.js'

export interface Option {
  readonly value: string
  readonly label: string
  /** Of a stage: its pipeline. */
  readonly within?: string
}

/** What can be chosen, and custom fields as facts. */
export interface Sources {
  readonly options: Readonly<Record<Exclude<Source, 'steps'>, readonly Option[]>>
  readonly customFacts: readonly FactSpec[]
  readonly supplied: Supplied
  /** Pictures of the apps that supply something. */
  readonly logos: ReadonlyMap<string, string>
}

const none: Sources = {
  options: {
    users: [],
    pipelines: [],
    stages: [],
    forms: [],
    links: [],
    calendars: [],
    tags: [],
    workflows: [],
    'sms-templates': [],
    'email-templates': [],
  },
  customFacts: [],
  supplied: nothingSupplied,
  logos: new Map(),
}

const optionsOf = (rows: readonly { readonly id?: string | null; readonly name?: string | null }[] | undefined): Option[] =>
  (rows ?? []).map(({ id, name }) => ({ value: id ?? '', label: name ?? '' }))

const step = 50

/** All forms and surveys: a page of the server holds fifty. */
const useAsking = (locationId: string, wanted: boolean): readonly Option[] => {
  const key = [...keyOf(forms.form.list, { query: { locationId, limit: step } }), 'names']
  const all = async (_: undefined, signal: AbortSignal) => {
    const rows: Option[] = []
    for (let skip = 0, total = 1; skip < total; skip += step) {
      const query = { locationId, limit: step, skip }
      const [some, more] = await Promise.all([
        call(forms.form.list, { query }, signal),
        call(surveys.survey.list, { query }, signal),
      ])
      rows.push(
        ...optionsOf(some.forms),
        ...optionsOf(more.surveys).map((each) => ({ ...each, label: `${each.label} (survey)` })),
      )
      total = Math.max(some.total, more.total)
    }
    return { rows, next: undefined }
  }
  return usePages<Option, undefined>(key, all, { enabled: wanted }).rows
}

const useTemplates = (locationId: string, type: 'sms' | 'email', enabled: boolean) => {
  const query = { originId: locationId, type, limit: 100 }
  const found = useAsk(locations.templates.list, { locationId, query }, { enabled })
  return optionsOf(found.data?.templates)
}

const neededFor = (facts: readonly FactSpec[]) => facts.flatMap(({ of }) => of ?? [])

/** Which lists a definition needs: those that its kinds choose from. */
const neededBy = (definition: Definition): ReadonlySet<Source | 'message'> =>
  new Set(
    everywhere(definition).flatMap(({ part, path }) =>
      (kindOf(part, path[0] === 'triggers')?.fields ?? []).flatMap((field): (Source | 'message')[] => {
        if (field.as === 'message') return ['message']
        if (field.as === 'workflow-left') return ['workflows']
        if (field.as === 'filters') return neededFor(field.facts)
        if (field.as === 'goal' || field.as === 'wait') return neededFor(filtersOf(part.on)?.facts ?? [])
        return 'of' in field ? [field.of] : []
      }),
    ),
  )

/** What apps supply, with their pictures; what is not known yet is nothing. */
const useSupplied = (locationId: string): Pick<Sources, 'supplied' | 'logos'> => {
  const supplied = useAsk(workflows.workflow.catalogue, { query: { locationId } }).data?.apps ?? nothingSupplied
  const enabled = supplied.triggers.length + supplied.actions.length > 0
  const installed = useAsk(installs.installed.list, { query: { locationId } }, { enabled }).data?.installs ?? []
  return { supplied, logos: new Map(installed.map(({ appId, logo }) => [appId, logo])) }
}

/** Names of everything that the parts of a definition name by id; asked for only where one of them does. */
export const useSources = (definition: Definition): Sources => {
  const locationId = useLocationId()
  const needed = neededBy(definition)
  const { users } = useUsers()
  const { fields } = useCustomFields()
  const tags = useTagNames()
  const pipelines = usePipelines(needed.has('pipelines') || needed.has('stages')).data?.pipelines ?? []
  const known = {
    links: useAsk(links.link.list, { query: { locationId } }, { enabled: needed.has('links') }).data?.links,
    workflows: useAsk(workflows.workflow.list, { query: { locationId } }, { enabled: needed.has('workflows') }).data?.workflows,
    calendars: useAsk(calendars.calendar.list, { query: { locationId } }, { enabled: needed.has('calendars') }).data?.calendars,
  }
  return {
    options: {
      users: optionsOf(users),
      tags: tags.map((each) => ({ value: each, label: each })),
      pipelines: optionsOf(pipelines),
      stages: pipelines.flatMap(({ id, stages }) => optionsOf(stages).map((each) => ({ ...each, within: id }))),
      forms: useAsking(locationId, needed.has('forms')),
      workflows: optionsOf(known.workflows),
      links: optionsOf(known.links),
      calendars: optionsOf(known.calendars),
      'sms-templates': useTemplates(locationId, 'sms', needed.has('message')),
      'email-templates': useTemplates(locationId, 'email', needed.has('message')),
    },
    customFacts: fields.map(({ id, name, fieldKey }) => ({ field: fieldKey || id, label: name })),
    ...useSupplied(locationId),
  }
}

const SourcesContext = createContext<Sources>(none)
export const SourcesProvider = SourcesContext.Provider
export const useKnownSources = () => useContext(SourcesContext)

/** Facts that conditions of a workflow can ask beside the contact: what its triggers tell, and what apps answer in it. */
export const toldFacts = (definition: Definition, supplied: Supplied): readonly FactSpec[] => {
  const told = definition.triggers.flatMap((part) =>
    (kindOf(part, true)?.fields ?? []).flatMap((field) => (field.as === 'filters' ? field.facts : [])),
  )
  const facts = told.map((fact) => ({ ...fact, field: `trigger.${fact.field}` }))
  const all = [...facts, ...everywhere(definition).flatMap((placed) => suppliedFacts(placed, supplied))]
  return all.filter((fact, at) => all.findIndex(({ field }) => field === fact.field) === at)
}
