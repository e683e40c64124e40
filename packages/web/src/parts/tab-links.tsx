import { type ReactNode, useEffect, useRef } from 'react'
import { NavLink, useLocation } from 'react-router'
import frame from '../frame/frame.module.css'

interface TabLinksProps {
  readonly label: string
  /** Where each leads, and its word. */
  readonly tabs: readonly (readonly [string, string])[]
  /** Links beside the tabs. */
  readonly children?: ReactNode
}

/** Tabs that are addresses. Where they do not fit, the one that is open is brought into sight. */
export const TabLinks = ({ label, tabs, children }: TabLinksProps) => {
  const nav = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    const { current: box } = nav
    const open = pathname && box?.querySelector<HTMLElement>('[aria-current=page]')
    if (box && open) box.scrollLeft = open.offsetLeft - (box.clientWidth - open.offsetWidth) / 2
  }, [pathname])
  return (
    <nav ref={nav} className={frame.tabs} aria-label={label}>
      {tabs.map(([to, word]) => (
        <NavLink key={to} to={to} className={frame.tab}>
          {word}
        </NavLink>
      ))}
      {children}
    </nav>
  )
}
