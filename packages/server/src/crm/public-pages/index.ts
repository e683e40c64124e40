export { safeHtml } from '../../safe-html.js'
export { isRecordId, limited, newNonce, type PageLimits, type PagePolicy, pageHeaders, sendPage } from './answering.js'
export { isPageKey, pageKey } from './page-key.js'
export { messagePage, noPhone, type PageLink, plainDocument, plainStyle, trapField, trapName } from './plain-page.rules.js'
