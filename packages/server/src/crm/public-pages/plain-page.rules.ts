import { safeHtml } from '../../safe-html.js'

/** What every public page looks like. */
export const plainStyle = `
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

/** What a visitor reads beside a field in which no phone number stands. */
export const noPhone = 'This is no phone number: enter one such as +1 312 555 0100.'

/** A field that people do not see and programs fill in. */
export const trapName = '__company_website'

export const trapField = `<div class="trap" aria-hidden="true"><label for="t">Leave this empty</label><input id="t" name="${trapName}" tabindex="-1" autocomplete="off"></div>`

/** A page of plain HTML. */
export const plainDocument = (title: string, nonce: string, css: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${safeHtml(title)}</title><style nonce="${nonce}">${css}</style></head><body><main>${body}</main></body></html>`

/** Where a page leads to. */
export interface PageLink {
  readonly href: string
  readonly name: string
}

/** One sentence: thanks, or that there is nothing here; and where to go from it. */
export const messagePage = (title: string, text: string, nonce: string, links: readonly PageLink[] = []): string => {
  const ways = links.map(({ href, name }) => `<p><a href="${safeHtml(href)}">${safeHtml(name)}</a></p>`).join('')
  return plainDocument(title, nonce, plainStyle, `<h1>${safeHtml(title)}</h1><p role="status">${safeHtml(text)}</p>${ways}`)
}
