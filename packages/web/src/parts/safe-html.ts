/** Elements that fetch, run or lead somewhere by themselves, and drawings whose links change while one looks: none belongs in a preview. */
const unwanted = 'script, iframe, frame, object, embed, link, base, meta, form, audio, video, svg, math'

const isWeb = (href: string) => URL.canParse(href) && /^https?:$/.test(new URL(href).protocol)

/** A tab of its own that knows nothing of the portal; what leads elsewhere than to the web stays a text. */
const leadOut = (link: Element) => {
  const href = link.getAttribute('href') ?? ''
  for (const name of ['href', 'target', 'rel', 'ping', 'download']) link.removeAttribute(name)
  link.setAttribute('title', href)
  if (!isWeb(href)) return
  link.setAttribute('href', href)
  link.setAttribute('target', '_blank')
  link.setAttribute('rel', 'noopener noreferrer')
}

/**
 * The HTML of an e-mail as a document for a sandboxed frame. Style sheets get the page's nonce, without which the content security
 * policy would drop them.
 */
export const framedDocument = (html: string, nonce: string): string => {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  for (const element of parsed.querySelectorAll(unwanted)) element.remove()
  for (const style of parsed.querySelectorAll('style')) style.setAttribute('nonce', nonce)
  for (const link of parsed.querySelectorAll('a[href], area[href]')) leadOut(link)
  return `<!doctype html>${parsed.documentElement.outerHTML}`
}

/** The policy drops style attributes that are parsed, and lets a page set the same styles itself. */
export const applyStyles = (document: Document) => {
  for (const element of document.querySelectorAll<HTMLElement>('[style]'))
    element.style.cssText = element.getAttribute('style') ?? ''
}
