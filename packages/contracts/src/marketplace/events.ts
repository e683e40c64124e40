import { event, t } from '@groundlevel/contract-kit'

const Trial = t.Object({ onTrial: t.Boolean(), trialDuration: t.Number(), trialStartDate: t.DateTime() })

/** Goes to the app's default webhook URL only, at consent (M9). No scope entitles to it, the install itself does. */
export const INSTALL = event('INSTALL', {
  scope: '',
  summary: 'The app was installed',
  payload: t.Object({
    installType: t.Enum(['Location', 'Company']),
    companyId: t.Optional(t.String()),
    userId: t.Optional(t.String()),
    companyName: t.Optional(t.String()),
    planId: t.Optional(t.String()),
    trial: t.Optional(Trial),
    isWhitelabelCompany: t.Boolean(),
    whitelabelDetails: t.Optional(t.Object({ domain: t.String(), logoUrl: t.String() })),
    isBulkInstallation: t.Optional(t.Boolean()),
    approveAllLocations: t.Optional(t.Boolean()),
    installToFutureLocations: t.Optional(t.Boolean()),
  }),
})

export const UNINSTALL = event('UNINSTALL', {
  scope: '',
  summary: 'The app was uninstalled',
  payload: t.Object({ companyId: t.Optional(t.String()) }),
})
