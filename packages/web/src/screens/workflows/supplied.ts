import { textOf } from '../contacts/words.js'
import type { FactSpec, Kind, Offer } from './fields.js'
import { name, window } from './kind-fields.js'
import type { Placed } from './tree.js'
import type { Part, Supplied, SuppliedAction, SuppliedTrigger } from './words.js'

export const nothingSupplied: Supplied = { triggers: [], actions: [] }

/** One thing that an app asks for, whether it has said so beforehand or when it was asked. */
export interface Entry {
  readonly key: string
  readonly label: string
  readonly type: string
  readonly required: boolean
  readonly help: string
  readonly options: readonly { readonly label: string; readonly value: string }[]
  /** Its app has to be asked for the options, or for the fields that it becomes. */
  readonly asks: boolean
}

export const entryOf = ({
  required = false,
  help = '',
  options = [],
  url = '',
  ...rest
}: SuppliedAction['fields'][number]): Entry => ({
  ...rest,
  required,
  help,
  options,
  asks: url !== '',
})

const optionOf = (each: unknown) => {
  if (typeof each !== 'object' || each === null) return { label: textOf(each), value: textOf(each) }
  const { label, value } = each as Part
  return { label: textOf(label ?? value), value: textOf(value ?? label) }
}

/** A field that an app answers for a dynamic one: `{field, title, fieldType}`, or named as the ones that it defines. */
export const answeredEntry = (raw: Part): Entry | undefined => {
  const key = textOf(raw.field ?? raw.key ?? raw.id)
  if (key === '') return undefined
  return {
    key,
    label: textOf(raw.title ?? raw.label) || key,
    type: textOf(raw.fieldType ?? raw.type).toLowerCase() || 'string',
    required: raw.required === true,
    help: textOf(raw.help ?? raw.description),
    options: Array.isArray(raw.options) ? raw.options.map(optionOf) : [],
    asks: false,
  }
}

/** What the values of a part are under a name; an app may call a field `constructor`. */
export const valueIn = (values: unknown, key: string): unknown =>
  typeof values === 'object' && values !== null && Object.hasOwn(values, key) ? (values as Part)[key] : undefined

const isOf =
  ({ appId, key }: Part) =>
  (each: SuppliedTrigger | SuppliedAction) =>
    each.appId === appId && each.key === key

/** What a filter of an app's trigger can ask. */
export const factOf = ({ key, label, options }: Entry): FactSpec => ({
  field: key,
  label,
  ...(options.length > 0 ? { options: options.map(({ value, label: word }) => [value, word] as const) } : {}),
})

const triggerKind = (defined: SuppliedTrigger): Kind => ({
  label: defined.name,
  about: defined.description,
  group: defined.appName,
  fresh: { appId: defined.appId, key: defined.key },
  fields: [{ as: 'app-filters', defined }, name],
})

const actionKind = (defined: SuppliedAction): Kind => ({
  label: defined.name,
  about: defined.description,
  group: defined.appName,
  fresh: {
    appId: defined.appId,
    key: defined.key,
    data: {},
    ...(defined.branching ? { branches: [newBranch([])] } : {}),
  },
  fields: [{ as: 'app-fields', defined }, ...(defined.branching ? [{ as: 'app-branches', defined } as const] : []), window, name],
})

/** A branch with an id that none of the others has: the app names it by that. */
export const newBranch = (others: readonly Part[]): Part => {
  const taken = new Set(others.map(({ id }) => id))
  const number = Array.from({ length: others.length + 1 }, (_, at) => at + 1).find((each) => !taken.has(`branch_${each}`))
  return { id: `branch_${number}`, name: `Branch ${number}`, fields: {}, actions: [] }
}

const mostNames = 40

/** Names in a sample, those inside of objects with dots between. */
const namesIn = (sample: unknown, before = ''): string[] =>
  typeof sample === 'object' && sample !== null && !Array.isArray(sample)
    ? Object.entries(sample)
        .flatMap(([key, value]) => namesIn(value, before === '' ? key : `${before}.${key}`))
        .slice(0, mostNames)
    : before === ''
      ? []
      : [before]

/** What conditions can ask of an app: what its trigger tells, or what it has answered to a step. */
export const suppliedFacts = ({ part, path }: Placed, { triggers, actions }: Supplied): readonly FactSpec[] => {
  if (part.type !== 'app' || part.appId === undefined) return []
  if (path[0] !== 'triggers') {
    const action = actions.find(isOf(part))
    const name = (each: string) => ({ field: `vars.${action?.key}.${each}`, label: `${action?.name}: ${each}` })
    return namesIn(action?.sample).map(name)
  }
  const trigger = triggers.find(isOf(part))
  const filters = (trigger?.filters ?? []).map(entryOf).filter(({ type }) => type !== 'dynamic')
  const facts = [
    ...filters.map(factOf),
    ...namesIn(trigger?.sample).map((each) => ({ field: each, label: `${trigger?.name}: ${each}` })),
  ]
  return facts.map((fact) => ({ ...fact, field: `trigger.${fact.field}` }))
}

/** What an app has defined of a part; undefined where it is no app's, or the app supplies it no longer. */
export const definedBy = (part: Part, isTrigger: boolean, { triggers, actions }: Supplied) =>
  part.type === 'app' && part.appId !== undefined ? (isTrigger ? triggers.find(isOf(part)) : actions.find(isOf(part))) : undefined

const gone: Kind = { label: 'Of an app that is gone', group: '', fresh: {}, fields: [{ as: 'app-gone' }, name] }

/** The kind of a part that names an app's; undefined for one that names no app. */
export const suppliedKind = (part: Part, isTrigger: boolean, { triggers, actions }: Supplied): Kind | undefined => {
  if (part.type !== 'app' || part.appId === undefined) return undefined
  const [trigger, action] = isTrigger ? [triggers.find(isOf(part))] : [undefined, actions.find(isOf(part))]
  return trigger ? triggerKind(trigger) : action ? actionKind(action) : gone
}

/** What apps supply, by app. */
export const suppliedKinds = (isTrigger: boolean, { triggers, actions }: Supplied): readonly Offer[] => {
  const offers = new Map<string, Offer>()
  const all = isTrigger
    ? triggers.map((each) => ({ each, kind: triggerKind(each) }))
    : actions.map((each) => ({ each, kind: actionKind(each) }))
  for (const { each, kind } of all) {
    const { appId, appName, key } = each
    const kinds = [...(offers.get(appId)?.kinds ?? []), { id: `${appId} ${key}`, kind, part: { ...kind.fresh, type: 'app' } }]
    offers.set(appId, { group: appName, appId, kinds })
  }
  return [...offers.values()]
}
