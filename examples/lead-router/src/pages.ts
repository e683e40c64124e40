import type { Arrival } from './arrivals.js'
import type { Outcome } from './callback.js'
import type { Connection, KnownClient } from './clients.js'
import { type Html, html } from './html.js'

/** What the pages show. */
export interface View {
  readonly clients: readonly KnownClient[]
  readonly connections: readonly Connection[]
  readonly arrivals: readonly Arrival[]
  readonly names: ReadonlyMap<string, string>
  readonly platformUrl: string
  readonly redirectUri: string
  readonly webhookUrl: string
  /** Whether a person may add a key here. */
  readonly local: boolean
}

const frame = (title: string, content: Html): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/page.css">
<link rel="icon" href="data:,">
<script src="/page.js" defer></script>
</head>
<body>${content}</body>
</html>`.text

const time = (iso: string) => html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`

const keyForm = (code?: string) => html`<form method="post" action="/clients">
<p class="quiet">For an app of your own: its client id and secret, from My Apps. They stay in memory until this program ends.</p>
<label>Name <input name="name" maxlength="60" autocomplete="off" placeholder="My app"></label>
<label>Client id <input name="clientId" required autocomplete="off" spellcheck="false"></label>
<label>Client secret <input name="clientSecret" type="password" required autocomplete="off"></label>
${code ? html`<input type="hidden" name="code" value="${code}">` : undefined}
<button>${code ? 'Exchange the code' : 'Use this key'}</button>
</form>`

const connectLinks = ({ clients, platformUrl }: View) =>
  clients.length === 0
    ? html`<p class="empty">No client key is known yet. Is the platform running at <code>${platformUrl}</code>?</p>`
    : html`<p class="actions">${clients.map(({ name, clientId }) => html`<a class="button" href="/connect?client=${encodeURIComponent(clientId)}">Connect ${name}</a>`)}</p>`

const account = ({ names }: View, { client, record }: Connection) => {
  const id = record.locationId ?? record.companyId ?? ''
  const what = record.userType === 'Location' ? 'sub-account' : 'agency'
  return html`<li><strong>${names.get(id) ?? id}</strong> <span class="quiet">${what}, connected to ${client.name}</span><br><code>${id}</code></li>`
}

const accounts = (view: View) =>
  view.connections.length === 0
    ? html`<p class="empty">Nobody has connected yet. Press Connect, choose a sub-account and allow.</p>`
    : html`<ul class="accounts">${view.connections.map((connection) => account(view, connection))}</ul>`

const pretty = (body: string): string => {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

const badge = (verified: boolean) =>
  verified ? html`<span class="badge good">✓ verified</span>` : html`<span class="badge bad">✗ not verified</span>`

const arrival = (view: View, row: Arrival) => html`<li>
<div class="line"><strong>${row.verified ? row.type : `claims to be ${row.type}`}</strong> ${badge(row.verified)} ${time(row.at)}</div>
${row.locationId ? html`<div class="quiet">${view.names.get(row.locationId) ?? ''} <code>${row.locationId}</code></div>` : undefined}
${row.note ? html`<div>${row.note}</div>` : undefined}
<details data-id="${row.id}"><summary>Body</summary><pre tabindex="0">${pretty(row.body)}</pre></details>
</li>`

const arrivals = (view: View) =>
  view.arrivals.length === 0
    ? html`<p class="empty">Nothing has arrived yet. Create a contact in a connected sub-account, or run <code>npx groundlevel trigger ContactCreate</code>.</p>`
    : html`<ol class="arrivals">${view.arrivals.map((row) => arrival(view, row))}</ol>`

const live = (view: View) =>
  html`<section><h2>Connected accounts</h2>${accounts(view)}</section>
<section><h2>What arrived</h2>${arrivals(view)}</section>`

/** The part of the page that is fetched again and again. */
export const livePart = (view: View): string => live(view).text

/** The one page of the app. */
export const homePage = (view: View): string =>
  frame(
    'Lead Router',
    html`<header><h1>Lead Router</h1><p>Tags every new contact <code>routed</code>. An example app for <a href="${view.platformUrl}">Groundlevel</a>.</p></header>
<main>
${connectLinks(view)}
<div id="live" data-refresh="/live">${live(view)}</div>
<section><h2>Set up</h2>
<dl><dt>Redirect URL</dt><dd><code>${view.redirectUri}</code></dd><dt>Webhook URL</dt><dd><code>${view.webhookUrl}</code></dd></dl>
${view.local ? html`<details class="key"><summary>Use another client id and secret</summary>${keyForm()}</details>` : undefined}
</section>
</main>`,
  )

const message = (title: string, content: Html) =>
  frame(
    `${title} · Lead Router`,
    html`<header><h1>${title}</h1></header><main><section>${content}</section><p><a href="/">Back to Lead Router</a></p></main>`,
  )

const connected = ({ names }: View, { client, record }: Connection) => {
  const id = record.locationId ?? record.companyId ?? ''
  const what = record.userType === 'Location' ? 'Sub-account' : 'Agency'
  return html`<p>${client.name} now has tokens of this ${what.toLowerCase()}, and keeps them fresh.</p>
<dl><dt>${what}</dt><dd><strong>${names.get(id) ?? ''}</strong> <code>${id}</code></dd><dt>Scopes</dt><dd>${record.scopes.length} granted</dd></dl>`
}

const unknown = (
  view: View,
  code: string,
  said: string,
) => html`<p>None of the client keys known here fits this code, so it has not been used up. If it is your own app’s, it still works.</p>
<dl><dt>Code</dt><dd><code>${code}</code></dd><dt>The platform said</dt><dd>${said}</dd></dl>
<p>Exchange it yourself at <code>POST ${view.platformUrl}/oauth/token</code>${view.local ? html`, or let Lead Router do it:` : html`.`}</p>
${view.local ? keyForm(code) : undefined}`

/** What a person sees who comes back from the consent page. Status and page. */
export const callbackPage = (view: View, outcome: Outcome): { readonly status: number; readonly page: string } => {
  switch (outcome.kind) {
    case 'connected':
      return { status: 200, page: message('Connected', connected(view, outcome)) }
    case 'unknown-client':
      return { status: 200, page: message('A code arrived', unknown(view, outcome.code, outcome.said)) }
    case 'no-code':
      return {
        status: 400,
        page: message(
          'No code here',
          html`<p>People come to this address from the consent page, with a code in it. Press Connect on the first page, or add <code>?code=…</code> with a code that you were shown.</p>`,
        ),
      }
    case 'failed':
      return {
        status: 400,
        page: message('Not connected', html`<p>${outcome.said}</p><p>Nothing was stored. Press Connect to begin again.</p>`),
      }
  }
}
