/** Elements that fetch, run or lead somewhere: none of them belongs in a preview. */
const unwanted = 'script, iframe, frame, object, embed, link, base, meta, form, audio, video'

/**
 * The HTML of an e-mail as a document for a sandboxed frame. Style sheets get the page's nonce, without which the content security
 * policy would drop them.
 */
export const framedDocument = (html: string, nonce: string): string => {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  for (const element of parsed.querySelectorAll(unwanted)) element.remove()
  for (const style of parsed.querySelectorAll('style')) style.setAttribute('nonce', nonce)
  for (const link of parsed.querySelectorAll('a[href], area[href]')) {
    link.setAttribute('title', link.getAttribute('href') ?? '')
    link.setAttribute('href', '#')
    link.removeAttribute('target')
  }
  return `<!doctype html>${parsed.documentElement.outerHTML}`
}

/** The policy drops style attributes that are parsed, and lets a page set the same styles itself. */
export const applyStyles = (document: Document) => {
  for (const element of document.querySelectorAll<HTMLElement>('[style]'))
    element.style.cssText = element.getAttribute('style') ?? ''
}
