/** A rule that a pattern can check. Comments are blanked before it is tried. */
export interface SourceRule {
  readonly name: string
  /** Which files, by path from the root. */
  readonly files: RegExp
  /** Where the rule does not hold, each with its reason in the pattern's comment. */
  readonly except?: RegExp
  readonly pattern: RegExp
  /** What to do instead. */
  readonly instead: string
}

const product = /^(packages|examples)\/.*\.(ts|tsx)$/
const tests = /(\.test\.tsx?|\/testing\/.*)$/
const sqlFiles = /(\.sql\.ts|\/database\/migrations\/.*\.ts)$/

/** The clocks: one a program. Everything else is told the time. */
const clocks = /^(packages\/(server\/src\/lab\/clock|app-kit\/src\/time|web\/src\/clock)|examples\/[^/]+\/src\/main)\.ts$/

/** Who may read the environment: the server's settings, the entry of the cli and that of an example. */
const settings = /^(packages\/server\/src\/config|packages\/cli\/src\/main|examples\/[^/]+\/src\/main)\.ts$/

export const sourceRules: readonly SourceRule[] = [
  {
    name: 'one clock',
    files: product,
    except: new RegExp(`${clocks.source}|${tests.source}`),
    pattern: /\bDate\.now\(|\bnew Date\(\s*\)|\bnew Date\b(?!\s*\()/,
    instead: 'take `now` as a parameter; the server reads it once a request or job from lab/clock.ts',
  },
  {
    name: 'no time of the database',
    files: sqlFiles,
    pattern:
      /\b(now|statement_timestamp|transaction_timestamp)\(\s*\)|\b(current_timestamp|current_date|current_time|localtimestamp)\b/i,
    instead: 'bind `now` as a parameter: domain time can be moved, the database clock cannot',
  },
  {
    name: 'leases alone use real time',
    files: /^packages\/server\/.*\.ts$/,
    except: new RegExp(`^packages/server/src/(webhooks/delivery/[^/]+\\.sql|database/leases)\\.ts$|${tests.source}`),
    pattern: /\bclock_timestamp\b/i,
    instead: 'take rows by database/leases.ts, which with webhooks/delivery/*.sql.ts alone may use clock_timestamp()',
  },
  {
    name: 'one reader of the environment',
    files: product,
    except: new RegExp(`${settings.source}|${tests.source}`),
    pattern: /\bprocess\.env\b/,
    instead: 'add a setting to packages/server/src/config.ts and pass it down',
  },
  {
    name: 'rules do not wait',
    files: /\.rules\.ts$/,
    pattern: /\b(await|async|Promise)\b/,
    instead: 'a .rules.ts decides from what it is given; let the handler fetch it',
  },
  {
    name: 'no room without a name',
    files: /(^|\/)(utils?|helpers?|common|misc|managers?)(\.[a-z]+)*(\/|$)/i,
    pattern: /^/,
    instead: 'name the file after what it does',
  },
]

/** Which room owns a table; the others ask its index.ts. Tables that are not listed belong to database/ itself. */
export const tableOwners: Readonly<Record<string, string>> = {
  ...owned('identity', 'accounts sessions developers developerMembers companies locations locationProviders users userLocations'),
  ...owned('marketplace', 'apps appSnapshots appVersions appEvents appTriggers appActions clientKeys installs'),
  ...owned('oauth', 'interactions tokenFamilies authorizationCodes refreshTokens privateTokens'),
  ...owned('keys', 'signingKeys'),
  ...owned('protection', 'erasures'),
  ...owned('webhooks', 'events deliveries attempts'),
  ...owned('timeline', 'requestLog tokenLog'),
  ...owned('http', 'idempotencyKeys'),
  ...owned('crm/businesses', 'businesses'),
  ...owned('crm/views', 'savedViews'),
  ...owned(
    'crm/contacts',
    'contacts contactCounts contactNotes contactFieldValues contactImports contactImportChunks contactImportErrors',
  ),
  ...owned(
    'crm/conversations',
    'conversations messages emails messageSends conversationProviders conversationProviderDefaults callTranscripts conversationUploads liveChatTyping emailSubtypes emailPreferences mailAddresses receivedMails',
  ),
  ...owned('crm/custom-fields', 'customFields customFieldRemovals'),
  ...owned('crm/custom-values', 'customValues'),
  ...owned('crm/templates', 'messageTemplates'),
  ...owned('crm/emails', 'emailTemplates emailSchedules'),
  ...owned('blobs', 'blobs strayBytes'),
  ...owned('crm/campaigns', 'campaigns campaignEnrolments'),
  ...owned('crm/forms', 'forms formSubmissions'),
  ...owned(
    'crm/workflows',
    'workflows workflowVersions workflowTriggers workflowEnrolments workflowSteps workflowCalls workflowCounts workflowVisitors',
  ),
  ...owned('crm/notices', 'userNotices staffMessages'),
  ...owned('crm/links', 'links linkClicks'),
  ...owned('crm/tags', 'locationTags'),
  ...owned('crm/products', 'products prices productStores productCollections productReviews taxes'),
  ...owned(
    'crm/payments',
    'orders orderNotes fulfillments transactions refunds subscriptions coupons customers paymentProviders whitelabelProviders',
  ),
  ...owned('crm/snapshots', 'snapshots snapshotAssets snapshotShares snapshotPushes'),
  ...owned('crm/tasks', 'contactTasks recurringTasks'),
  ...owned(
    'crm/calendars',
    'calendarGroups calendars calendarSchedules calendarResources calendarNotifications calendarEvents calendarHolds appointmentNotes appointmentReminders calendarFeeds',
  ),
  ...owned('crm/opportunities', 'pipelines pipelineStages lostReasons opportunities opportunityFieldValues'),
}

function owned(room: string, tables: string) {
  return Object.fromEntries(tables.split(' ').map((table) => [table, room]))
}
