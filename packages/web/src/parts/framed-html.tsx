import { usePageFacts } from '../page-facts.js'
import classes from './parts.module.css'
import { applyStyles, framedDocument } from './safe-html.js'

/** The HTML of somebody else in a frame of its own, where nothing of it runs or is fetched; its links open tabs of their own. */
export const FramedHtml = ({ html, title }: { html: string; title: string }) => {
  const { nonce } = usePageFacts()
  return (
    <iframe
      className={classes.frame}
      title={title}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      srcDoc={framedDocument(html, nonce)}
      onLoad={(event) => {
        const inside = event.currentTarget.contentDocument
        if (!inside) return
        applyStyles(inside)
        // As mail programs show it; what the mail says itself counts more.
        inside.documentElement.style.font = '14px / 1.5 Arial, Helvetica, sans-serif'
        // A frame is never shorter inside than out.
        event.currentTarget.style.height = '0'
        event.currentTarget.style.height = `${Math.min(Math.max(inside.documentElement.scrollHeight + 4, 60), 600)}px`
      }}
    />
  )
}
