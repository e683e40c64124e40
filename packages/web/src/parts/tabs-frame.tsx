import { NavLink, Outlet } from 'react-router'
import frame from '../frame/frame.module.css'
import parts from './parts.module.css'

interface TabsFrameProps {
  readonly label: string
  /** Where each leads, below the frame's own address, and its word. */
  readonly tabs: readonly (readonly [string, string])[]
}

/** Screens that belong together, a tab each. */
export const TabsFrame = ({ label, tabs }: TabsFrameProps) => (
  <div className={parts.page} style={{ maxWidth: 1400 }}>
    <nav className={frame.tabs} aria-label={label}>
      {tabs.map(([to, word]) => (
        <NavLink key={to} to={to} className={frame.tab}>
          {word}
        </NavLink>
      ))}
    </nav>
    <Outlet />
  </div>
)
