import { plainDocument, plainStyle, safeHtml } from '../public-pages/index.js'
import { cardScript, payScript } from './checkout-script.js'

interface Line {
  readonly name: string
  readonly qty: number
  /** As people read it, with its currency. */
  readonly together: string
}

export interface PayPage {
  readonly seller: string
  readonly path: string
  /** `?key=…` of the page's own address. */
  readonly query: string
  readonly lines: readonly Line[]
  /** What comes off and on top, as far as there is any. */
  readonly sums: readonly Omit<Line, 'qty'>[]
  readonly due: string
  readonly nonce: string
  /** What came of the last try. */
  readonly problem?: string | undefined
}

const style = `${plainStyle}
table{width:100%;border-collapse:collapse;margin:0 0 1.5rem}
td,th{text-align:left;padding:.4rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
td:last-child,th:last-child{text-align:right;white-space:nowrap;padding-left:1rem}
tfoot th{font-size:1.1rem;border:0}
iframe{width:100%;height:640px;border:1px solid var(--line);border-radius:6px;background:#fff}
.acts{display:flex;gap:.75rem;flex-wrap:wrap}
button.other{color:var(--ink);background:transparent;border:1px solid var(--line)}
#say:empty{display:none}`

const table = ({ lines, sums, due }: PayPage) =>
  `<table><thead><tr><th scope="col">What</th><th scope="col">Together</th></tr></thead><tbody>${lines
    .map(({ name, qty, together }) => `<tr><td>${qty} × ${safeHtml(name)}</td><td>${safeHtml(together)}</td></tr>`)
    .join(
      '',
    )}${sums.map(({ name, together }) => `<tr><td>${name}</td><td>${safeHtml(together)}</td></tr>`).join('')}</tbody><tfoot><tr><th scope="row">To pay</th><th>${safeHtml(due)}</th></tr></tfoot></table>`

const page = (of: PayPage, body: string) =>
  plainDocument(
    `Pay ${of.due}`,
    of.nonce,
    style,
    `<h1>${safeHtml(of.seller)}</h1>${of.problem ? `<div class="sum" role="alert"><p>${safeHtml(of.problem)}</p></div>` : ''}${table(of)}${body}`,
  )

interface FramedApp {
  readonly name: string
  readonly paymentsUrl: string
}

// No way to lead this window elsewhere; windows of its own for those banks that ask in one.
const sandbox = 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals'

/** An app's own page in a frame, and what talks with it. */
const frameOf = ({ name, paymentsUrl }: FramedApp, nonce: string, script: string, about: object) => {
  const data = JSON.stringify({ origin: new URL(paymentsUrl).origin, ...about }).replaceAll('<', '\\u003c')
  return `<noscript><p class="bad">This page needs JavaScript.</p></noscript><p id="say" role="status"></p><script type="application/json" id="pay" nonce="${nonce}">${data}</script><script nonce="${nonce}">${script}</script><iframe id="provider" title="Payment by ${safeHtml(name)}" src="${safeHtml(paymentsUrl)}" sandbox="${sandbox}" allow="payment"></iframe>`
}

/** The page with an app's own page in a frame. */
export const framePage = (of: PayPage, app: FramedApp): string =>
  page(of, frameOf(app, of.nonce, payScript, { path: of.path, query: of.query }))

export interface CardPage {
  readonly seller: string
  readonly nonce: string
  /** What the app's page is told once it is ready. */
  readonly props: object
}

/** The page on which a customer leaves a card with an app. */
export const cardPage = ({ seller, nonce, props }: CardPage, app: FramedApp): string =>
  plainDocument(
    'Save a card',
    nonce,
    style,
    `<h1>${safeHtml(seller)}</h1><p>Leave a card with ${safeHtml(app.name)} for later payments. Nothing is paid now.</p>${frameOf(app, nonce, cardScript, { props })}`,
  )

/** The page of a local start, where nobody is charged. */
export const testPage = (of: PayPage): string =>
  page(
    of,
    `<p class="help">This is the test provider of a local start: no card, no money.</p><form class="acts" method="post" action="${safeHtml(`${of.path}/test${of.query}`)}"><button name="outcome" value="succeeds">Pay ${safeHtml(of.due)}</button><button class="other" name="outcome" value="is_declined">Let it be declined</button></form>`,
  )
