import { plainDocument, plainStyle, safeHtml, trapField } from '../public-pages/index.js'

export interface OfferedDay {
  /** `Monday, 3 March 2031`. */
  readonly name: string
  readonly slots: readonly { readonly iso: string; readonly time: string }[]
}

export interface BookingForm {
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly notes: string
}

interface Shared {
  readonly title: string
  readonly description: string
  readonly minutes: number
  /** Of this page, without its query. */
  readonly path: string
  readonly zone: string
  readonly nonce: string
  readonly error?: string | undefined
  /** Of its query, what goes along from page to page. */
  readonly carried?: Readonly<Record<string, string>>
}

export interface ChoosePage extends Shared {
  readonly zones: readonly string[]
  readonly days: readonly OfferedDay[]
  readonly week: string
  readonly earlier: string | undefined
  readonly later: string | undefined
  /** Said before the times. */
  readonly lead?: string | undefined
}

export interface DetailsPage extends Shared {
  readonly slot: string
  readonly when: string
  readonly values: BookingForm
  readonly errors: Partial<Record<keyof BookingForm, string>>
  readonly consent: string | undefined
}

const style = `${plainStyle}
.slots{list-style:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(6rem,1fr));gap:.5rem;padding:0;margin:.5rem 0 1.5rem}
.slots a{display:block;min-height:44px;line-height:44px;padding:0 .5rem;text-align:center;border:1px solid var(--line);border-radius:6px;color:var(--accent);text-decoration:none}
.slots a:hover{border-color:var(--accent);text-decoration:underline}
.weeks{display:flex;justify-content:space-between;gap:1rem;margin:1rem 0}
.weeks a,.back a{color:var(--accent)}
h2{font-size:1.05rem;margin:0}
.zone{display:flex;gap:.5rem;align-items:end;flex-wrap:wrap;margin-top:1rem}
.zone select,.zone button{display:block;height:46px}
.zone>div{flex:1 1 14rem}
dl{margin:0 0 1.5rem}dt{color:var(--soft)}dd{margin:0 0 .75rem;font-weight:600}`

const query = (values: Readonly<Record<string, string>>) => safeHtml(`?${new URLSearchParams(values)}`)

const alert = (error: string | undefined) => (error ? `<div class="sum" role="alert"><p>${safeHtml(error)}</p></div>` : '')

const head = ({ title, description, minutes, error }: Shared) =>
  `<h1>${safeHtml(title)}</h1>${alert(error)}${description ? `<p>${safeHtml(description)}</p>` : ''}<p class="help">${minutes} minutes</p>`

const hidden = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([name, value]) => `<input type="hidden" name="${safeHtml(name)}" value="${safeHtml(value)}">`)
    .join('')

const zoneForm = ({ path, zone, zones, week, carried }: ChoosePage) =>
  `<form class="zone" method="get" action="${safeHtml(path)}"><div><label for="zone">Your time zone</label><select id="zone" name="timezone">${zones
    .map((each) => `<option${each === zone ? ' selected' : ''}>${safeHtml(each)}</option>`)
    .join('')}</select></div>${hidden({ ...carried, week })}<button type="submit">Show times</button></form>`

const dayBlock = ({ name, slots }: OfferedDay, { path, zone, carried }: ChoosePage) =>
  `<section><h2>${safeHtml(name)}</h2><ul class="slots">${slots
    .map(
      ({ iso, time }) =>
        `<li><a href="${safeHtml(path)}${query({ ...carried, timezone: zone, slot: iso })}" aria-label="${safeHtml(`${time}, ${name}`)}">${safeHtml(time)}</a></li>`,
    )
    .join('')}</ul></section>`

const weekLinks = ({ path, zone, earlier, later, carried }: ChoosePage) =>
  `<nav class="weeks" aria-label="Weeks">${earlier ? `<a href="${safeHtml(path)}${query({ ...carried, timezone: zone, week: earlier })}">Earlier</a>` : '<span></span>'}${
    later ? `<a href="${safeHtml(path)}${query({ ...carried, timezone: zone, week: later })}">Later</a>` : '<span></span>'
  }</nav>`

/** Times of a week to choose from. The script does nothing but tell the visitor's zone, where the browser runs it. */
export const choosePage = (page: ChoosePage): string => {
  const offered = page.days.filter(({ slots }) => slots.length > 0)
  const none = '<p role="status">There is no free time in this week.</p>'
  const lead = page.lead ? `<p>${safeHtml(page.lead)}</p>` : ''
  const body = `${head(page)}${lead}${zoneForm(page)}${weekLinks(page)}${offered.map((day) => dayBlock(day, page)).join('') || none}<script src="/widget/zone.js" nonce="${page.nonce}"></script>`
  return plainDocument(page.title, page.nonce, style, body)
}

const field = (
  page: DetailsPage,
  name: keyof BookingForm,
  label: string,
  type: string,
  autocomplete: string,
  required: boolean,
) => {
  const error = page.errors[name]
  const described = error ? ` aria-describedby="e-${name}" aria-invalid="true"` : ''
  const must = required ? ' <span class="must">(required)</span>' : ''
  const note = error ? `<p class="bad" id="e-${name}">${safeHtml(error)}</p>` : ''
  return `<div class="q"><label for="${name}">${label}${must}</label><input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" maxlength="320" value="${safeHtml(page.values[name])}"${required ? ' required' : ''}${described}>${note}</div>`
}

/** Who comes to the time that was chosen. */
export const detailsPage = (page: DetailsPage): string => {
  const { path, zone, slot, when, values, consent, nonce } = page
  const wrong = Object.keys(page.errors).length > 0 || page.error ? 'Error: ' : ''
  const body = `${head(page)}<p><strong>${safeHtml(when)}</strong></p><p class="back"><a href="${safeHtml(path)}${query({ timezone: zone })}">Choose another time</a></p>
<form method="post" action="${safeHtml(path)}"><input type="hidden" name="slot" value="${safeHtml(slot)}"><input type="hidden" name="timezone" value="${safeHtml(zone)}">
${trapField}
${field(page, 'name', 'Your name', 'text', 'name', true)}${field(page, 'email', 'E-mail', 'email', 'email', true)}${field(page, 'phone', 'Phone', 'tel', 'tel', false)}
<div class="q"><label for="notes">What is it about?</label><textarea id="notes" name="notes" maxlength="5000">\n${safeHtml(values.notes)}</textarea></div>
${consent ? `<p class="help">${safeHtml(consent)}</p>` : ''}<button type="submit">Book this time</button></form>`
  return plainDocument(`${wrong}${page.title}`, nonce, style, body)
}

interface DonePage {
  readonly title: string
  readonly text: string
  readonly when: string
  readonly place: string | undefined
  readonly file: string
  readonly move: string | undefined
  readonly cancel: string | undefined
  readonly nonce: string
}

export const donePage = ({ title, text, when, place, file, move, cancel, nonce }: DonePage): string => {
  const where = place ? `<dt>Where</dt><dd>${safeHtml(place)}</dd>` : ''
  const way = (href: string | undefined, name: string) => (href ? `<p><a href="${safeHtml(href)}">${name}</a></p>` : '')
  const call = `${way(move, 'Choose another time')}${way(cancel, 'Cancel the appointment')}`
  const body = `<h1>${safeHtml(title)}</h1><p role="status">${safeHtml(text)}</p><dl><dt>When</dt><dd>${safeHtml(when)}</dd>${where}</dl><p class="back"><a href="${safeHtml(file)}">Add it to your calendar</a></p><div class="back">${call}</div>`
  return plainDocument(title, nonce, style, body)
}

export const cancelPage = (title: string, when: string, action: string, nonce: string): string =>
  plainDocument(
    `Cancel: ${title}`,
    nonce,
    style,
    `<h1>Cancel the appointment?</h1><p><strong>${safeHtml(title)}</strong>, ${safeHtml(when)}</p><form method="post" action="${safeHtml(action)}"><button type="submit">Cancel the appointment</button></form>`,
  )

interface MovePage {
  readonly title: string
  readonly before: string
  readonly after: string
  readonly action: string
  readonly slot: string
  /** Where other times are. */
  readonly back: string
  readonly nonce: string
}

/** Whether it is to be moved to the time that was chosen. */
export const movePage = ({ title, before, after, action, slot, back, nonce }: MovePage): string =>
  plainDocument(
    `Another time: ${title}`,
    nonce,
    style,
    `<h1>Move the appointment?</h1><p><strong>${safeHtml(title)}</strong></p><dl><dt>From</dt><dd>${safeHtml(before)}</dd><dt>To</dt><dd>${safeHtml(after)}</dd></dl><p class="back"><a href="${safeHtml(back)}">Choose another time</a></p><form method="post" action="${safeHtml(action)}">${hidden({ slot })}<button type="submit">Move the appointment</button></form>`,
  )

/** Opens the page again in the zone of the browser, where none was chosen yet. */
export const zoneScript = `const here = new URL(location.href)
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
if (zone && !here.searchParams.has('timezone')) {
  here.searchParams.set('timezone', zone)
  location.replace(here)
}
`
