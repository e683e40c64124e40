import type { Question } from './fields.rules.js'
import type { PublicForm } from './forms.sql.js'

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const safe = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] as string)

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

/** A field that people do not see and programs fill in. */
export const trapName = '__company_website'
export const submissionIdName = '__id'
export const referrerName = '__from'

const style = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--line:#8b949e;--page:#fff;--accent:#3b4cca;--on:#fff;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9da7b1;--line:#6e7681;--page:#0d1117;--accent:#a5b4fc;--on:#0d1117;--bad:#ffb4ab}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:40rem;margin:0 auto;padding:1.5rem 1rem}
h1{font-size:1.5rem;margin:0 0 1rem;overflow-wrap:anywhere}
.q{margin:0 0 1.25rem;border:0;padding:0;min-width:0}
label,legend{display:block;font-weight:600;padding:0;overflow-wrap:anywhere}
.o label{font-weight:400;display:flex;gap:.5rem;align-items:flex-start;padding:.25rem 0}
.o input{margin-top:.35rem}
input:not([type=checkbox]):not([type=radio]),select,textarea{width:100%;margin-top:.25rem;padding:.55rem .65rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:6px}
select option{color:#1b1f24;background:#fff}
textarea{min-height:7rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.help,.must{color:var(--soft);font-weight:400;font-size:.9rem;margin:.15rem 0 0}
.bad{color:var(--bad);margin:.25rem 0 0}
.sum{border:2px solid var(--bad);border-radius:6px;padding:.75rem 1rem;margin:0 0 1.25rem}
.sum a{color:var(--bad)}
button{font:inherit;font-weight:600;color:var(--on);background:var(--accent);border:0;border-radius:6px;padding:.65rem 1.25rem;min-height:44px;cursor:pointer}
.trap{position:absolute;left:-10000px;width:1px;height:1px;overflow:hidden}`

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
  (question.help ? `<p class="help" id="h${at}">${safe(question.help)}</p>` : '') +
  (error ? `<p class="bad" id="e${at}">${safe(error)}</p>` : '')

const must = ({ required }: Question) => (required ? ' <span class="must">(required)</span>' : '')

const box = (drawn: Drawn, type: 'radio' | 'checkbox', option: string, number: number) => {
  const { question, at, value } = drawn
  const checked = all(value).includes(option) ? ' checked' : ''
  const required = type === 'radio' ? demands(drawn) : ''
  return `<label><input type="${type}" name="${safe(question.key)}" value="${safe(option)}" id="${number === 0 ? `f${at}` : `f${at}-${number}`}"${checked}${required}> <span>${safe(option)}</span></label>`
}

const group = (drawn: Drawn, type: 'radio' | 'checkbox') => {
  const { question } = drawn
  const boxes = question.options.map((option, number) => box(drawn, type, option, number)).join('')
  return `<fieldset class="q q${drawn.at}"${described(drawn)}><legend>${safe(question.label)}${must(question)}</legend>${notes(drawn)}<div class="o">${boxes}</div></fieldset>`
}

const consent = (drawn: Drawn) => {
  const { question, at, value } = drawn
  const checked = first(value) ? ' checked' : ''
  return `<div class="q q${at} o"><label><input type="checkbox" name="${safe(question.key)}" value="true" id="f${at}"${checked}${demands(drawn)}${described(drawn)}> <span>${safe(question.label)}${must(question)}</span></label>${notes(drawn)}</div>`
}

const control = (drawn: Drawn) => {
  const { question, at, value } = drawn
  const shared = `id="f${at}" name="${safe(question.key)}"${demands(drawn)}${described(drawn)}`
  const placeholder = question.placeholder ? ` placeholder="${safe(question.placeholder)}"` : ''
  if (question.type === 'long_text')
    return `<textarea ${shared}${placeholder} maxlength="20000">\n${safe(first(value))}</textarea>`
  if (question.type === 'select') {
    const options = question.options.map(
      (option) => `<option value="${safe(option)}"${option === first(value) ? ' selected' : ''}>${safe(option)}</option>`,
    )
    return `<select ${shared}><option value="">${safe(question.placeholder ?? '')}</option>${options.join('')}</select>`
  }
  const known = question.contactField && autocomplete[question.contactField]
  const mode = question.type === 'number' ? ' inputmode="decimal"' : ''
  return `<input type="${types[question.type] ?? 'text'}" ${shared} value="${safe(first(value))}"${placeholder}${mode}${known ? ` autocomplete="${known}"` : ''}>`
}

const draw = (drawn: Drawn): string => {
  const { question, at, value } = drawn
  if (question.type === 'hidden')
    return `<input type="hidden" name="${safe(question.key)}" value="${safe(first(value) || (question.value ?? ''))}">`
  if (question.type === 'radio' || question.type === 'checkbox') return group(drawn, question.type)
  if (question.type === 'consent') return consent(drawn)
  return `<div class="q q${at}"><label for="f${at}">${safe(question.label)}${must(question)}</label>${control(drawn)}${notes(drawn)}</div>`
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
    errors[key] === undefined ? [] : [`<li><a href="#f${at}">${safe(label)}: ${safe(errors[key] ?? '')}</a></li>`],
  )
  if (wrong.length === 0 && !error) return ''
  return `<div class="sum" role="alert"><p>${safe(error ?? 'Some answers need a change.')}</p>${wrong.length > 0 ? `<ul>${wrong.join('')}</ul>` : ''}</div>`
}

const document = (title: string, nonce: string, css: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${safe(title)}</title><style nonce="${nonce}">${css}</style></head><body><main>${body}</main></body></html>`

/** The page with the questions: plain HTML, no script. */
export const formPage = (state: PageState): string => {
  const { form, questions, values, errors, nonce } = state
  const asked = questions.map((question, at) => draw({ question, at, value: values[question.key], error: errors[question.key] }))
  const bad = Object.keys(errors).length > 0 || state.error ? 'Error: ' : ''
  const hidden = (name: string, value: string) => `<input type="hidden" name="${name}" value="${safe(value)}">`
  return document(
    `${bad}${form.name}`,
    nonce,
    style + conditions(questions),
    `<h1>${safe(form.name)}</h1>${summary(state)}<form method="post" action="${safe(state.action)}">` +
      hidden(submissionIdName, state.submissionId) +
      hidden(referrerName, state.referrer) +
      `<div class="trap" aria-hidden="true"><label for="t">Leave this empty</label><input id="t" name="${trapName}" tabindex="-1" autocomplete="off"></div>` +
      `${asked.join('')}<button type="submit">${safe(form.settings.submitLabel ?? 'Send')}</button></form>`,
  )
}

/** What is shown once the answers are in, or where there is no form. */
export const messagePage = (title: string, text: string, nonce: string): string =>
  document(title, nonce, style, `<h1>${safe(title)}</h1><p role="status">${safe(text)}</p>`)

// For the other public pages of plain HTML.
export { document as plainDocument, safe as safeHtml, style as plainStyle }
