import { Outlet } from 'react-router'
import parts from './parts.module.css'
import { TabLinks } from './tab-links.js'

interface TabsFrameProps {
  readonly label: string
  /** Where each leads, below the frame's own address, and its word. */
  readonly tabs: readonly (readonly [string, string])[]
}

/** Screens that belong together, a tab each. */
export const TabsFrame = ({ label, tabs }: TabsFrameProps) => (
  <div className={parts.page} style={{ maxWidth: 1400 }}>
    <TabLinks label={label} tabs={tabs} />
    <Outlet />
  </div>
)
