import { Stack, Switch } from '@mantine/core'
import { ChoiceCards } from './choice-card.js'

/** Distribution as M3 says it; the names are the wire's. */
export interface DistributionValues {
  readonly appType: 'public' | 'private'
  readonly listingType: 'standard' | 'white-label'
  readonly targetUser: 'company' | 'location'
  readonly whoCanInstall: 'both' | 'agency'
  readonly bulkInstall: boolean
  readonly allowLocationInstall: boolean
}

const types = [
  { value: 'public', label: 'Public', about: 'Listed in the store. Anyone with the permission can install it.' },
  { value: 'private', label: 'Private', about: 'In no list. People open it by its link or an invitation.' },
]

const targets = [
  {
    value: 'company',
    label: 'Agency',
    about: 'An agency owner or admin adds it once. It then works for every sub-account, through location tokens.',
  },
  {
    value: 'location',
    label: 'Sub-account',
    about: 'Added for one sub-account at a time, by its users or by an admin of its agency. Others are told they cannot.',
  },
]

const installers = [
  { value: 'both', label: 'Agency and sub-account', about: 'Agency admins, and the users of a sub-account for their own.' },
  { value: 'agency', label: 'Agency only', about: 'Only an agency owner or admin, for the sub-accounts they choose.' },
]

const listings = [
  { value: 'standard', label: 'Standard', about: 'Shown under the platform’s own name only.' },
  {
    value: 'white-label',
    label: 'White-label',
    about: 'Also shown to agencies with their own brand. Name the platform nowhere in the listing.',
  },
]

interface DistributionProps {
  readonly values: DistributionValues
  readonly onChange: (change: Partial<DistributionValues>) => void
  /** The target is fixed once the app exists. */
  readonly fixedTarget?: boolean
  readonly errors?: Readonly<Record<string, React.ReactNode>>
}

export const AppType = ({ values, onChange, errors }: DistributionProps) => (
  <ChoiceCards
    label="App type"
    options={types}
    value={values.appType}
    onChange={(appType) => onChange({ appType: appType as 'public' })}
    error={errors?.appType}
  />
)

export const DistributionType = ({ values, onChange, fixedTarget = false, errors }: DistributionProps) => (
  <ChoiceCards
    label="Distribution type"
    description={fixedTarget ? 'Fixed when the app was created.' : 'Who the app is for. It cannot be changed later.'}
    options={targets}
    value={values.targetUser}
    onChange={(targetUser) => onChange({ targetUser: targetUser as 'company' })}
    error={errors?.targetUser}
    disabled={fixedTarget}
  />
)

/** Who may install, for as much as the distribution type leaves open. */
export const Installers = ({ values, onChange, errors }: DistributionProps) =>
  values.targetUser === 'company' ? (
    <Switch
      label="A sub-account’s user may add it for their own sub-account"
      description="Off: only an agency owner or admin adds it."
      checked={values.allowLocationInstall}
      onChange={(event) => onChange({ allowLocationInstall: event.currentTarget.checked })}
    />
  ) : (
    <Stack gap="md">
      <ChoiceCards
        label="Who can install"
        options={installers}
        value={values.whoCanInstall}
        onChange={(whoCanInstall) => onChange({ whoCanInstall: whoCanInstall as 'both' })}
        error={errors?.whoCanInstall}
      />
      <Switch
        label="Bulk install by agencies"
        description="An agency adds it to several sub-accounts at once, or to all and future ones."
        checked={values.bulkInstall}
        onChange={(event) => onChange({ bulkInstall: event.currentTarget.checked })}
      />
    </Stack>
  )

export const ListingType = ({ values, onChange, errors }: DistributionProps) => (
  <ChoiceCards
    label="Listing type"
    options={listings}
    value={values.listingType}
    onChange={(listingType) => onChange({ listingType: listingType as 'standard' })}
    error={errors?.listingType}
  />
)
