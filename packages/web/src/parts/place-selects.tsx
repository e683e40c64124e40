import { Select } from '@mantine/core'
import type { ReactNode } from 'react'

const regions = new Intl.DisplayNames('en', { type: 'region' })
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** Every country that the browser has a name for, by name. */
const countries = letters
  .flatMap((first) => letters.map((second) => `${first}${second}`))
  .flatMap((value) => {
    const label = regions.of(value)
    return label && label !== value && !/^(EU|EZ|UN|QO|X.|ZZ|AN|BU|CS|DD|DY|FX|HV|NH|NT|RH|SU|TP|UK|VD|YD|YU|ZR)$/.test(value)
      ? [{ value, label }]
      : []
  })
  .sort((a, b) => a.label.localeCompare(b.label))

const zones = Intl.supportedValuesOf('timeZone')

interface PlaceSelectProps {
  readonly value: string
  readonly description?: string
  readonly error?: ReactNode
  readonly onChange: (value: string) => void
}

/** A country by its name; '' is none. */
export const CountrySelect = ({ value, onChange, ...rest }: PlaceSelectProps) => (
  <Select
    label="Country"
    data={countries}
    searchable
    clearable
    clearButtonProps={{ 'aria-label': 'No country' }}
    value={value || null}
    onChange={(chosen) => onChange(chosen ?? '')}
    {...rest}
  />
)

/** A time zone by its name, also one that the browser does not know; '' is none. */
export const ZoneSelect = ({ value, onChange, ...rest }: PlaceSelectProps) => (
  <Select
    label="Time zone"
    data={zones.includes(value) || value === '' ? zones : [value, ...zones]}
    searchable
    clearable
    clearButtonProps={{ 'aria-label': 'No time zone' }}
    limit={100}
    value={value || null}
    onChange={(chosen) => onChange(chosen ?? '')}
    {...rest}
  />
)
