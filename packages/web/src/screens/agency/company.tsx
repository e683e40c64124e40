import type { Reply } from '@groundlevel/contract-kit'
import { companies } from '@groundlevel/contracts'
import { Text } from '@mantine/core'
import { useParams } from 'react-router'
import { useAsk } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import classes from './company.module.css'

type Company = Reply<typeof companies.company.get>['company']

const lines: readonly (readonly [string, (company: Company) => string | undefined])[] = [
  ['Name', ({ name }) => name],
  ['E-mail', ({ email }) => email],
  ['Phone', ({ phone }) => phone],
  ['Website', ({ website }) => website],
  ['Domain', ({ domain }) => domain],
  ['Address', ({ address, postalCode, city, state }) => [address, postalCode, city, state].filter(Boolean).join(', ')],
  ['Country', ({ country }) => country],
  ['Time zone', ({ timezone }) => timezone],
  ['Currency', ({ currency }) => currency],
  ['Relationship number', ({ relationshipNumber }) => relationshipNumber],
  ['Sub-accounts', ({ locationCount }) => String(locationCount)],
]

/** What the agency is called and how it is reached: what its own apps read too. */
export const CompanyProfile = () => {
  const { companyId = '' } = useParams()
  const found = useAsk(companies.company.get, { companyId })
  return (
    <Page title="Company profile" about={<>Company ID {<Id value={companyId} what="company id" />}</>} width={720}>
      <Loaded from={found} what="The company profile" waiting={<Waiting lines={8} />}>
        {({ company }) => (
          <Card title={company.name} flush>
            <dl className={classes.facts}>
              {lines.map(([label, textOf]) => (
                <div key={label} className={classes.fact}>
                  <Text component="dt" size="sm" c="dimmed">
                    {label}
                  </Text>
                  <Text component="dd" size="sm" m={0}>
                    {textOf(company) || 'Not said'}
                  </Text>
                </div>
              ))}
            </dl>
          </Card>
        )}
      </Loaded>
    </Page>
  )
}
