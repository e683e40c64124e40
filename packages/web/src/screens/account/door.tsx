import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './account.module.css'

/** The product's mark and name. */
export const Brand = () => (
  <div className={classes.brand}>
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#3b5bdb" />
      <path d="M6 21h20M10 16h12M14 11h4" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
    </svg>
    Groundlevel
  </div>
)

/** The frame of sign-in, sign-up and first run. */
export const Door = ({ title, children, below }: { title: string; children: ReactNode; below?: ReactNode }) => (
  <main className={classes.door}>
    <title>{`${title} · Groundlevel`}</title>
    <Brand />
    <div className={classes.box}>
      <Title order={1} mb="md">
        {title}
      </Title>
      {children}
    </div>
    {below}
  </main>
)
