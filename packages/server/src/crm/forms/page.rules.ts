import { plainDocument, plainStyle, safeHtml, trapField } from '../public-pages/index.js'
import type { Question } from './fields.rules.js'
import type { PublicForm } from './forms.sql.js'

/** What a page of a form is drawn from. */
export interface PageState {
  readonly form: Pick<PublicForm, 'name' | 'settings'>
  readonly questions: readonly Question[]
  /** Where it is sent to: its own address with the query that it was opened with. */
  readonly action: string
  readonly values: Readonly<Record<string, string | readonly string[]>>
  readonly errors: Readonly<Record<string, string>>
  /** A sentence about the whole of it. */
  readonly error?: string
  readonly submissionId: string
  readonly referrer: string
  readonly nonce: string
}

export const submissionIdName = '__id'
export const referrerName = '__from'

const types: Partial<Record<Question['type'], string>> = {
  email: 'email',
  phone: 'tel',
  number: 'text',
  date: 'date',
  url: 'url',
}
const autocomplete: Readonly<Record<string, string>> = {
  firstName: 'given-name',
  lastName: 'family-name',
  name: 'name',
  email: 'email',
  phone: 'tel',
  companyName: 'organization',
  address1: 'street-address',
  city: 'address-level2',
  state: 'address-level1',
  country: 'country-name',
  postalCode: 'postal-code',
  website: 'url',
  dateOfBirth: 'bday',
}

const first = (value: string | readonly string[] | undefined) => (typeof value === 'string' ? value : (value?.[0] ?? ''))
const all = (value: string | readonly string[] | undefined) => (typeof value === 'string' ? [value] : (value ?? []))

interface Drawn {
  readonly question: Question
  readonly at: number
  readonly value: string | readonly string[] | undefined
  readonly error: string | undefined
}

const described = ({ question, at, error }: Drawn) => {
  const ids = [question.help && `h${at}`, error && `e${at}`].filter(Boolean)
  return ids.length > 0 ? ` aria-describedby="${ids.join(' ')}"` : ''
}

/** `required` is left to the server where a question may be hidden: a browser would refuse to send what nobody can see. */
const demands = ({ question, error }: Drawn) =>
  `${question.required ? (question.showIf ? ' aria-required="true"' : ' required') : ''}${error ? ' aria-invalid="true"' : ''}`

const notes = ({ question, at, error }: Drawn) =>
  (question.help ? `<p class="help" id="h${at}">${safeHtml(question.help)}</p>` : '') +
  (error ? `<p class="bad" id="e${at}">${safeHtml(error)}</p>` : '')

const must = ({ required }: Question) => (required ? ' <span class="must">(required)</span>' : '')

const box = (drawn: Drawn, type: 'radio' | 'checkbox', option: string, number: number) => {
  const { question, at, value } = drawn
  const checked = all(value).includes(option) ? ' checked' : ''
  const required = type === 'radio' ? demands(drawn) : ''
  return `<label><input type="${type}" name="${safeHtml(question.key)}" value="${safeHtml(option)}" id="${number === 0 ? `f${at}` : `f${at}-${number}`}"${checked}${required}> <span>${safeHtml(option)}</span></label>`
}

const group = (drawn: Drawn, type: 'radio' | 'checkbox') => {
  const { question } = drawn
  const boxes = question.options.map((option, number) => box(drawn, type, option, number)).join('')
  return `<fieldset class="q q${drawn.at}"${described(drawn)}><legend>${safeHtml(question.label)}${must(question)}</legend>${notes(drawn)}<div class="o">${boxes}</div></fieldset>`
}

const consent = (drawn: Drawn) => {
  const { question, at, value } = drawn
  const checked = first(value) ? ' checked' : ''
  return `<div class="q q${at} o"><label><input type="checkbox" name="${safeHtml(question.key)}" value="true" id="f${at}"${checked}${demands(drawn)}${described(drawn)}> <span>${safeHtml(question.label)}${must(question)}</span></label>${notes(drawn)}</div>`
}

const control = (drawn: Drawn) => {
  const { question, at, value } = drawn
  const shared = `id="f${at}" name="${safeHtml(question.key)}"${demands(drawn)}${described(drawn)}`
  const placeholder = question.placeholder ? ` placeholder="${safeHtml(question.placeholder)}"` : ''
  if (question.type === 'long_text')
    return `<textarea ${shared}${placeholder} maxlength="20000">\n${safeHtml(first(value))}</textarea>`
  if (question.type === 'select') {
    const options = question.options.map(
      (option) => `<option value="${safeHtml(option)}"${option === first(value) ? ' selected' : ''}>${safeHtml(option)}</option>`,
    )
    return `<select ${shared}><option value="">${safeHtml(question.placeholder ?? '')}</option>${options.join('')}</select>`
  }
  const known = question.contactField && autocomplete[question.contactField]
  const mode = question.type === 'number' ? ' inputmode="decimal"' : ''
  return `<input type="${types[question.type] ?? 'text'}" ${shared} value="${safeHtml(first(value))}"${placeholder}${mode}${known ? ` autocomplete="${known}"` : ''}>`
}

/** A browser forgets chosen files with the page: nothing can be filled in again. */
const files = (drawn: Drawn) => {
  const { question, at } = drawn
  const formats = question.definition?.acceptedFormats.filter((each) => each !== 'all') ?? []
  const accept = formats.length > 0 ? ` accept="${safeHtml(formats.join(','))}"` : ''
  const multiple = question.definition?.isMultipleFile ? ' multiple' : ''
  return `<div class="q q${at}"><label for="f${at}">${safeHtml(question.label)}${must(question)}</label><input type="file" id="f${at}" name="${safeHtml(question.key)}"${accept}${multiple}${demands(drawn)}${described(drawn)}>${notes(drawn)}</div>`
}

const draw = (drawn: Drawn): string => {
  const { question, at, value } = drawn
  if (question.type === 'hidden')
    return `<input type="hidden" name="${safeHtml(question.key)}" value="${safeHtml(first(value) || (question.value ?? ''))}">`
  if (question.type === 'radio' || question.type === 'checkbox') return group(drawn, question.type)
  if (question.type === 'consent') return consent(drawn)
  if (question.type === 'file') return files(drawn)
  return `<div class="q q${at}"><label for="f${at}">${safeHtml(question.label)}${must(question)}</label>${control(drawn)}${notes(drawn)}</div>`
}

const cssText = (text: string) => `"${text.replace(/[^\w .-]/gu, (each) => `\\${(each.codePointAt(0) ?? 32).toString(16)} `)}"`

const choices = new Set(['select', 'radio', 'checkbox', 'consent'])

/** Questions that wait for an answer are shown by the style sheet, so that the page needs no script. */
const conditions = (questions: readonly Question[]) =>
  questions
    .map(({ showIf }, at) => {
      const asked = showIf && questions.find(({ key }) => key === showIf.key)
      if (!showIf || !asked || !choices.has(asked.type)) return ''
      const value = cssText(showIf.equals)
      const picked = `:is(input[name=${cssText(showIf.key)}][value=${value}]:checked,select[name=${cssText(showIf.key)}] option[value=${value}]:checked)`
      return `@supports selector(:has(*)){form:not(:has(${picked})) .q${at}{display:none}}`
    })
    .join('')

const summary = ({ questions, errors, error }: PageState) => {
  const wrong = questions.flatMap(({ key, label }, at) =>
    errors[key] === undefined ? [] : [`<li><a href="#f${at}">${safeHtml(label)}: ${safeHtml(errors[key] ?? '')}</a></li>`],
  )
  if (wrong.length === 0 && !error) return ''
  return `<div class="sum" role="alert"><p>${safeHtml(error ?? 'Some answers need a change.')}</p>${wrong.length > 0 ? `<ul>${wrong.join('')}</ul>` : ''}</div>`
}

/** The page with the questions: plain HTML, no script. */
export const formPage = (state: PageState): string => {
  const { form, questions, values, errors, nonce } = state
  const asked = questions.map((question, at) => draw({ question, at, value: values[question.key], error: errors[question.key] }))
  const bad = Object.keys(errors).length > 0 || state.error ? 'Error: ' : ''
  const hidden = (name: string, value: string) => `<input type="hidden" name="${name}" value="${safeHtml(value)}">`
  return plainDocument(
    `${bad}${form.name}`,
    nonce,
    plainStyle + conditions(questions),
    `<h1>${safeHtml(form.name)}</h1>${summary(state)}<form method="post" action="${safeHtml(state.action)}"${questions.some(({ type }) => type === 'file') ? ' enctype="multipart/form-data"' : ''}>` +
      hidden(submissionIdName, state.submissionId) +
      hidden(referrerName, state.referrer) +
      trapField +
      `${asked.join('')}<button type="submit">${safeHtml(form.settings.submitLabel ?? 'Send')}</button></form>`,
  )
}
