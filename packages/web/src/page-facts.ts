import { createContext, use } from 'react'

/** What the server writes into the page's head before it sends it. */
export interface PageFacts {
  readonly nonce: string
  /** The consent interaction that this browser began; '' where there is none. */
  readonly interactionId: string
  /** Why an authorize request was refused; the server shows it here and never redirects to an address it does not trust. */
  readonly authorizeError: { readonly title: string; readonly detail: string; readonly hint: string } | undefined
}

const meta = (name: string): string => {
  const content = document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? ''
  // An unfilled placeholder: the page came from Vite, not from the server.
  return /^__[A-Z_]+__$/.test(content) ? '' : content
}

/** The browser hides a nonce's value from `content` readers of style sheets, not from us: it is a plain meta tag. */
export const readPageFacts = (): PageFacts => {
  const error = meta('authorize-error')
  return {
    nonce: meta('csp-nonce'),
    interactionId: meta('interaction'),
    authorizeError: error ? (JSON.parse(error) as PageFacts['authorizeError']) : undefined,
  }
}

const nothing: PageFacts = { nonce: '', interactionId: '', authorizeError: undefined }

export const PageFactsContext = createContext<PageFacts>(nothing)

export const usePageFacts = () => use(PageFactsContext)
