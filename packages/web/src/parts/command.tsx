import { Copy } from './copy.js'
import classes from './parts.module.css'

/** Text to run or paste elsewhere, with its copy button. `wrap` breaks long lines instead of scrolling them. */
export const Command = ({ text, what = 'command', wrap = false }: { text: string; what?: string; wrap?: boolean }) => (
  <div className={classes.command} data-wrap={wrap || undefined}>
    {/* Scrollable text has to be reachable by keyboard. */}
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus */}
    <pre tabIndex={0} role="group" aria-label={what}>
      {text}
    </pre>
    <span className={classes.corner}>
      <Copy text={text} what={what} />
    </span>
  </div>
)
