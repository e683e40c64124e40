import type { RouteObject } from 'react-router'
import { lazily } from '../lazily.js'

/** Snapshots of an agency. */
export const snapshots: RouteObject = {
  path: 'snapshots',
  handle: { crumb: 'Snapshots' },
  children: [
    { index: true, lazy: lazily(() => import('./snapshots.js'), 'Snapshots') },
    { path: 'compare', handle: { crumb: 'Compare' }, lazy: lazily(() => import('./compare.js'), 'CompareSnapshots') },
    { path: 'shared/:shareId', handle: { crumb: 'Shared' }, lazy: lazily(() => import('./shared.js'), 'SharedSnapshot') },
    { path: ':snapshotId', handle: { crumb: 'Snapshot' }, lazy: lazily(() => import('./snapshot-page.js'), 'SnapshotPage') },
  ],
}

/** Where a share link leads. */
export const sharedLink: RouteObject = { path: 'shared/:shareId', lazy: lazily(() => import('./shared.js'), 'SharedLink') }
