import type { ReactNode } from 'react'
import { Brand } from '../account/door.js'
import classes from './consent.module.css'

/** The paper that consent is written on: no frame, no way out but the buttons. */
export const Sheet = ({ title, children }: { title: string; children: ReactNode }) => (
  <main className={classes.back}>
    <title>{`${title} · Groundlevel`}</title>
    <meta name="robots" content="noindex" />
    <div className={classes.top}>
      <Brand />
    </div>
    <div className={classes.sheet}>{children}</div>
  </main>
)

export const Part = ({ children, label }: { children: ReactNode; label?: string }) => (
  <section className={classes.part} aria-label={label}>
    {children}
  </section>
)
