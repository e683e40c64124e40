import type { Implementation } from '../http/implement.js'
import type { Services } from '../services.js'
import { eraseFromLog, type Mentioned, mentionsInLog } from './erasure.sql.js'
import { ownSource } from './own-source.js'
import { createRecorder, type Recorder } from './recorder.js'
import { timelineRows } from './rows.handlers.js'
import type { TimelineSource } from './source.js'
import { timelineJobs } from './timeline.jobs.js'

export type { Attempt, Entry, EntryFilter, TimelineSource } from './source.js'

type RetentionConfig = Pick<Services['config'], 'logDays'>

export interface Timeline extends Recorder {
  /** Its own rows: calls, tokens, installs. */
  readonly source: TimelineSource
  readonly jobs: ReturnType<typeof timelineJobs>
  /** Calls that mention a person, what is still to be written included; and the same, forgotten. */
  mentions(about: Mentioned): Promise<object[]>
  erase(about: Mentioned): Promise<void>
}

export const createTimeline = (
  services: Pick<Services, 'db' | 'pool' | 'say'> & { readonly config: RetentionConfig },
): Timeline => {
  const { db, config } = services
  const recorder = createRecorder(services)
  return {
    ...recorder,
    source: ownSource(db),
    jobs: timelineJobs(db, config.logDays),
    mentions: async (about) => {
      await recorder.flush()
      return mentionsInLog(db, about)
    },
    erase: async (about) => {
      await recorder.flush()
      await eraseFromLog(db, about)
    },
  }
}

/** `sources`: the timeline's own and those of other rooms. */
export const timelineModule: (parts: Parameters<typeof timelineRows>[0]) => readonly Implementation[] = timelineRows
