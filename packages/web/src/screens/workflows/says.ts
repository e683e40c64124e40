import { textOf } from '../contacts/words.js'
import { conditionsIn, conditionText, contactFacts, happenedFact, repliedFact } from './conditions.js'
import { birthdayFact, leavingWords, mathWords } from './contact-inputs.js'
import type { FactSpec, FieldSpec, Source } from './fields.js'
import { filtersOf, kindOf } from './kinds.js'
import { type Option, type Sources, toldFacts } from './sources.js'
import { entryOf, factOf, nothingSupplied, valueIn } from './supplied.js'
import type { Definition } from './tree.js'
import { everywhere } from './tree.js'
import type { Part, Supplied, SuppliedAction } from './words.js'

/** What a part of a definition is called. */
export const titleOf = (part: Part, isTrigger: boolean, supplied: Supplied = nothingSupplied): string =>
  (typeof part.name === 'string' && part.type !== 'create_opportunity' && part.name) ||
  (kindOf(part, isTrigger, supplied)?.label ?? String(part.type))

/** Every step by name, for a step that goes on at another. */
export const stepOptions = ({ actions }: Definition, supplied: Supplied): readonly Option[] =>
  everywhere({ triggers: [], actions }).map(({ part }, at) => ({
    value: String(part.id),
    label: `${at + 1}. ${titleOf(part, false, supplied)}`,
  }))

const plural = (count: number, unit: string) => `${count} ${count === 1 ? unit : `${unit}s`}`
const units = ['days', 'hours', 'minutes', 'seconds'] as const

const lengthOf = (part: Part) =>
  units.flatMap((unit) => (typeof part[unit] === 'number' ? [plural(part[unit], unit.slice(0, -1))] : [])).join(' ')

const inSentence = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

const waitText = (part: Part) => {
  const length = lengthOf(part)
  if (part.for === 'reply') return `until they answer${length ? `, at most ${length}` : ''}`
  if (part.on !== undefined)
    return `until ${inSentence(kindOf({ type: part.on }, true)?.label ?? textOf(part.on))}${length ? `, at most ${length}` : ''}`
  if (part.beforeEvent === true) return `until ${length || 'the beginning'} before the event`
  if (typeof part.until === 'string') return `until ${part.until.replace('T', ' ').slice(0, 16)}`
  return length
}

const scheduleText = ({ at, days, everyMinutes }: Part) => {
  if (typeof everyMinutes === 'number') return `every ${plural(everyMinutes, 'minute')}`
  return [`at ${textOf(at)}`, Array.isArray(days) ? `on ${days.join(', ')}` : 'every day'].join(' ')
}

const windowText = (window: unknown) => {
  if (typeof window !== 'object' || window === null) return ''
  const { days, from = '00:00', to = '24:00' } = window as { days?: readonly string[]; from?: string; to?: string }
  return `only ${days ? `${days.join(', ')} ` : ''}${from} to ${to}`
}

const plainText = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** What is filled in for an app's action. */
const filledText = ({ fields }: SuppliedAction, { data }: Part): readonly string[] =>
  fields.map(entryOf).flatMap(({ key, label, options }) => {
    const value = valueIn(data, key)
    if (value === undefined || value === '') return []
    const words = (Array.isArray(value) ? value : [value]).map(
      (each) => options.find((option) => option.value === textOf(each))?.label ?? textOf(each),
    )
    return [`${label}: ${words.join(', ')}`]
  })

/** Says parts in a line, with the names of what they name by id. */
export const sayer = (definition: Definition, { options, customFacts, supplied }: Sources) => {
  const steps = stepOptions(definition, supplied)
  const told = toldFacts(definition, supplied)
  const named = (of: Source, value: unknown) =>
    (of === 'steps' ? steps : options[of]).find((each) => each.value === value)?.label ?? textOf(value)
  const factsFor = (facts: readonly FactSpec[]) => [...facts, ...contactFacts, ...customFacts, repliedFact, happenedFact]

  const fieldName = (field: unknown) =>
    [birthdayFact, ...factsFor([])].find((fact) => fact.field === field)?.label ?? textOf(field)

  const conditions = (value: unknown, facts: readonly FactSpec[], between: string) => {
    const all = factsFor(facts)
    const factOf = (field: string) => all.find((fact) => fact.field === field || `contact.${fact.field}` === field)
    const nameOf = (field: string, wanted: unknown) => {
      const fact = factOf(field)
      if (fact?.of) return named(fact.of, wanted)
      return fact?.options?.find(([each]) => each === String(wanted))?.[1] ?? ''
    }
    return conditionsIn(value)
      .map((each) => conditionText(each, (field) => factOf(field)?.label ?? field, nameOf))
      .join(between)
  }

  const message = (part: Part, type: 'sms' | 'email') => {
    const text = [part.subject, part.message, part.body, part.html].map(textOf).find(Boolean) ?? ''
    return part.templateId ? named(`${type}-templates`, part.templateId) : plainText(text)
  }

  const goal = (part: Part) => {
    if (part.on === undefined) return conditions(part.conditions, told, part.match === 'any' ? ' or ' : ' and ')
    const event = kindOf({ type: part.on }, true)?.label ?? textOf(part.on)
    return [event, conditions(part.filters, filtersOf(part.on)?.facts ?? [], ' and ')].filter(Boolean).join(': ')
  }

  const one = (part: Part, field: FieldSpec): string => {
    if (field.as === 'wait') return waitText(part)
    if (field.as === 'schedule') return scheduleText(part)
    if (field.as === 'tags') return textOf(part.tags ?? part.tag)
    if (field.as === 'message') return message(part, field.type)
    if (field.as === 'field-value')
      return part.fields ? Object.keys(part.fields as object).join(', ') : `${fieldName(part.field)}: ${textOf(part.value)}`
    if (field.as === 'math') return `${fieldName(part.field)} ${mathWords[textOf(part.operator)] ?? ''} ${textOf(part.value)}`
    if (field.as === 'contact-field') return fieldName(part[field.name])
    if (field.as === 'time') return textOf(part[field.name])
    if (field.as === 'dnd')
      return [part.on === false ? 'off' : 'on', ...((part.channels ?? []) as unknown[]).map(textOf)].join(' ')
    if (field.as === 'workflow-left') return leavingWords[textOf(part.from)] ?? named('workflows', part.workflowId)
    if (field.as === 'window') return windowText(part.window)
    if (field.as === 'goal') return goal(part)
    if (field.as === 'app-fields') return [field.defined.appName, ...filledText(field.defined, part)].join(' · ')
    if (field.as === 'app-gone') return 'Its app is not here'
    if (field.as === 'app-filters') {
      const facts = field.defined.filters.map((each) => factOf(entryOf(each)))
      return [field.defined.appName, conditions(part.filters, facts, ' and ')].filter(Boolean).join(' · ')
    }
    if (field.as === 'filters') return conditions(part.filters, field.facts, ' and ')
    if (field.as === 'conditions' && part.branches === undefined)
      return conditions(part.conditions, told, part.match === 'any' ? ' or ' : ' and ')
    if (field.as === 'choice') return field.options.find(([value]) => value === part[field.name])?.[1] ?? ''
    if (field.as === 'one') return part[field.name] ? named(field.of, part[field.name]) : ''
    if (field.as === 'several') return ((part[field.name] ?? []) as unknown[]).map((each) => named(field.of, each)).join(' or ')
    if ((field.as === 'line' || field.as === 'text') && field.name !== 'name') return textOf(part[field.name])
    return ''
  }

  return {
    part: (part: Part, isTrigger: boolean): string =>
      (kindOf(part, isTrigger, supplied)?.fields ?? [])
        .map((field) => one(part, field))
        .filter((text) => text !== '' && text !== ': ')
        .join(' · ')
        .slice(0, 300),
    conditions: (value: unknown, any: boolean) => conditions(value, told, any ? ' or ' : ' and '),
  }
}
