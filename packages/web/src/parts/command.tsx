import { Copy } from './copy.js'
import classes from './parts.module.css'

interface CommandProps {
  readonly text: string
  readonly what?: string
  /** Breaks long lines instead of scrolling them. */
  readonly wrap?: boolean
  /** A button with words stands beside it already. */
  readonly bare?: boolean
}

/** Text to run or paste elsewhere, with its copy button. */
export const Command = ({ text, what = 'command', wrap = false, bare = false }: CommandProps) => (
  <div className={classes.command} data-wrap={wrap || undefined}>
    {/* Scrollable text has to be reachable by keyboard. */}
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus */}
    <pre tabIndex={0} role="group" aria-label={what}>
      {text}
    </pre>
    {!bare && (
      <span className={classes.corner}>
        <Copy text={text} what={what} />
      </span>
    )}
  </div>
)
