import type { Implementation } from '../http/implement.js'
import type { Services } from '../services.js'
import { ownSource } from './own-source.js'
import { createRecorder, type Recorder } from './recorder.js'
import { timelineRows } from './rows.handlers.js'
import type { TimelineSource } from './source.js'
import { timelineJobs } from './timeline.jobs.js'

export type { Attempt, Entry, EntryFilter, TimelineSource } from './source.js'

export interface Timeline extends Recorder {
  /** Its own rows: calls, tokens, installs. */
  readonly source: TimelineSource
  readonly jobs: ReturnType<typeof timelineJobs>
}

export const createTimeline = (services: Pick<Services, 'db' | 'say'>): Timeline => ({
  ...createRecorder(services),
  source: ownSource(services.db),
  jobs: timelineJobs(services.db),
})

/** `sources`: the timeline's own and those of other rooms. */
export const timelineModule: (parts: Parameters<typeof timelineRows>[0]) => readonly Implementation[] = timelineRows
