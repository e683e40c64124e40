import { NavLink, Outlet } from 'react-router'
import frame from '../../frame/frame.module.css'
import parts from '../../parts/parts.module.css'

const tabs = [
  ['profile', 'Business profile'],
  ['users', 'Users'],
  ['custom-fields', 'Custom fields'],
  ['custom-values', 'Custom values'],
  ['templates', 'Templates'],
  ['emails', 'E-mail builder'],
  ['tags', 'Tags'],
  ['links', 'Trigger links'],
  ['campaigns', 'Campaigns'],
  ['businesses', 'Businesses'],
] as const

/** What can be set in a sub-account, a tab each. */
export const SettingsFrame = () => (
  <div className={parts.page} style={{ maxWidth: 1080 }}>
    <nav className={frame.tabs} aria-label="Settings">
      {tabs.map(([to, label]) => (
        <NavLink key={to} to={to} className={frame.tab}>
          {label}
        </NavLink>
      ))}
    </nav>
    <Outlet />
  </div>
)
