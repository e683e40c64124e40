import { storableText } from '../../storable-text.js'
import { phoneIn } from '../contacts/index.js'
import { noPhone } from '../public-pages/index.js'
import type { Question } from './fields.rules.js'

/** What was sent for each field: text, or texts where there are several. */
export type Sent = Readonly<Record<string, string | readonly string[]>>

/** Keys are the author's to choose: one may be called `constructor`. */
export const byKey = <T>(entries: readonly (readonly [string, T])[] = []): Record<string, T> =>
  Object.assign(Object.create(null), Object.fromEntries(entries))

/** Texts by name, in the order in which a browser sent them. */
export const gathered = (texts: readonly (readonly [string, string])[]): Readonly<Record<string, string[]>> => {
  const all = byKey<string[]>()
  for (const [name, text] of texts) all[name] = [...(all[name] ?? []), text]
  return all
}

export interface Answers {
  /** By key; questions that were not asked or not answered are left out. */
  readonly values: Readonly<Record<string, string | readonly string[]>>
  /** By key, a sentence for the person. */
  readonly errors: Readonly<Record<string, string>>
  /** Questions whose condition holds. */
  readonly asked: readonly Question[]
}

const longest = 20_000

/** What a browser sent, without anything that is no text. */
export const sentOf = (body: unknown): Sent => {
  const sent: Record<string, string | string[]> = Object.create(null)
  if (typeof body !== 'object' || body === null) return sent
  for (const [name, value] of Object.entries(body)) {
    const texts = (Array.isArray(value) ? value : [value])
      .filter((each) => ['string', 'number', 'boolean'].includes(typeof each))
      .map((each) => storableText(String(each)))
    const [first] = texts
    if (first !== undefined) sent[name] = texts.length > 1 ? texts : first
  }
  return sent
}

const textsOf = (sent: string | readonly string[] | undefined): string[] =>
  (sent === undefined ? [] : typeof sent === 'string' ? [sent] : [...sent])
    .map((text) => text.trim().replace(/\r\n/g, '\n'))
    .filter(Boolean)

const day = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

const isAddress = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

type Country = string | null | undefined

const checks: Partial<Record<Question['type'], (text: string, country: Country) => string | undefined>> = {
  email: (text) => (/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(text) && text.length <= 320 ? undefined : 'Enter an e-mail address.'),
  phone: (text, country) => (text.length <= 64 && phoneIn(text, country) ? undefined : noPhone),
  number: (text) => (text.length < 40 && Number.isFinite(Number(text)) ? undefined : 'Enter a number.'),
  date: (text) => (day(text) ? undefined : 'Enter a day.'),
  url: (text) => (isAddress(text) && text.length <= 2000 ? undefined : 'Enter an address that begins with https://.'),
}

const problemOf = (question: Question, texts: readonly string[], country: Country): string | undefined => {
  const [first] = texts
  if (first === undefined) {
    if (!question.required) return undefined
    return question.type === 'consent' ? 'Tick this box to go on.' : 'Fill this in.'
  }
  if (texts.some((text) => text.length > longest)) return `Write at most ${longest} characters.`
  if (question.contactField && first.length > 200 && question.type === 'text') return 'Write at most 200 characters.'
  if (['select', 'radio', 'checkbox'].includes(question.type) && texts.some((text) => !question.options.includes(text)))
    return 'Choose one of the answers.'
  return checks[question.type]?.(first, country)
}

const answerOf = ({ type }: Question, texts: readonly string[]): string | readonly string[] =>
  type === 'checkbox' ? texts : type === 'consent' ? 'true' : (texts[0] ?? '')

/** A program may say that a box is not ticked; a browser says nothing. */
const isNo = ({ type }: Question, text: string) => type === 'consent' && /^(false|0|no|off)$/i.test(text)

/** What the answers say of it themselves comes first, as it does at the contact. */
const countryIn = (questions: readonly Question[], sent: Sent, country: Country): Country => {
  const key = questions.find(({ contactField }) => contactField === 'country')?.key
  return (key && textsOf(sent[key])[0]) || country
}

/**
 * Judges what was sent. A question whose condition does not hold was not asked, whatever was sent for it.
 *
 * @param home the sub-account's country, in which a phone number that names none is read
 */
export const judge = (questions: readonly Question[], sent: Sent, home: Country): Answers => {
  const country = countryIn(questions, sent, home)
  const values = byKey<string | readonly string[]>()
  const errors = byKey<string>()
  const asked: Question[] = []
  const holds = ({ showIf }: Question) => !showIf || textsOf(values[showIf.key]).includes(showIf.equals)
  for (const question of questions) {
    if (!holds(question)) continue
    asked.push(question)
    if (question.type === 'file') continue
    const given = question.type === 'hidden' && sent[question.key] === undefined ? question.value : sent[question.key]
    const texts =
      question.type === 'checkbox'
        ? textsOf(given)
        : textsOf(given)
            .slice(0, 1)
            .filter((text) => !isNo(question, text))
    const problem = problemOf(question, texts, country)
    if (problem) errors[question.key] = problem
    if (texts.length > 0) values[question.key] = answerOf(question, texts)
  }
  return { values, errors, asked }
}

/** What of the answers goes to the contact. */
export const contactOf = (questions: readonly Question[], { values }: Answers) => {
  const fields: Record<string, string> = {}
  const customFields: { id: string; value: unknown }[] = []
  for (const { key, contactField, definition } of questions) {
    const value = values[key]
    if (value === undefined) continue
    if (contactField) fields[contactField] = String(value)
    else if (definition) customFields.push({ id: definition.id, value })
  }
  return { ...fields, ...(customFields.length > 0 ? { customFields } : {}) }
}

/** `others` of the submission: everything that was answered, custom fields by their ids. */
export const othersOf = (
  questions: readonly Question[],
  { values }: Answers,
  files: ReadonlyMap<string, object>,
  eventData: object,
) => ({
  ...Object.fromEntries(
    questions.flatMap(({ key, definition }) => (values[key] === undefined ? [] : [[definition?.id ?? key, values[key]]])),
  ),
  ...Object.fromEntries(files),
  eventData,
  fieldsOriSequance: questions.map(({ key, definition }) => definition?.id ?? key),
})

/** Who answered, as far as the answers say. */
export const whoOf = (fields: Readonly<Record<string, unknown>>) => {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
  const whole = [fields.firstName, fields.lastName].filter(Boolean).join(' ')
  return { name: text(fields.name) ?? text(whole), email: text(fields.email)?.toLowerCase() ?? null, phone: text(fields.phone) }
}
