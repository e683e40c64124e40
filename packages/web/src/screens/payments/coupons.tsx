import { payments } from '@groundlevel/contracts'
import { Badge, Group, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { call, keyOf, useSend } from '../../api.js'
import { useNow } from '../../clock.js'
import type { Column } from '../../parts/list/columns.js'
import { usePages } from '../../parts/list/pages.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from '../settings/collection.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { Removal } from '../settings/removal.js'
import { amountOf, type Coupon, useAlt, wordOf } from './words.js'

const offOf = ({ discountType, discountValue }: Coupon) =>
  discountType === 'percentage' ? `${discountValue} %` : amountOf(discountValue, 'USD').replace('$', '')

const usesOf = ({ usageCount, usageLimit }: Coupon) => (usageLimit ? `${usageCount} of ${usageLimit}` : String(usageCount))

const dayOf = (moment: string | undefined) => moment?.slice(0, 10) ?? ''

const columns: readonly Column<Coupon>[] = [
  { id: 'code', label: 'Code', names: true, sort: 'code', widthPx: 150, cell: ({ code }) => code, text: ({ code }) => code },
  { id: 'name', label: 'Name', sort: 'name', widthPx: 170, cell: ({ name }) => name, text: ({ name }) => name },
  { id: 'off', label: 'Off', widthPx: 90, align: 'end', cell: offOf, text: offOf },
  { id: 'used', label: 'Used', widthPx: 90, align: 'end', cell: usesOf, text: usesOf },
  {
    id: 'status',
    label: 'State',
    widthPx: 100,
    cell: ({ status }) => (
      <Badge color="gray" c="var(--mantine-color-text)">
        {wordOf(status)}
      </Badge>
    ),
    text: ({ status }) => status,
  },
  { id: 'from', label: 'From', widthPx: 110, cell: (row) => dayOf(row.startDate), text: (row) => dayOf(row.startDate) },
  { id: 'until', label: 'Until', widthPx: 110, cell: (row) => dayOf(row.endDate), text: (row) => dayOf(row.endDate) },
]

const step = 100

/** All of them: the search and the order are made here. */
const useCoupons = () => {
  const alt = useAlt()
  return usePages<Coupon, never>(keyOf(payments.coupon.list, { query: { ...alt, limit: step } }), async (_, signal) => {
    const rows: Coupon[] = []
    for (let total = 1; rows.length < total; ) {
      const page = await call(payments.coupon.list, { query: { ...alt, limit: step, offset: rows.length } }, signal)
      if (page.data.length === 0) break
      rows.push(...page.data)
      total = page.totalCount
    }
    return { rows, next: undefined }
  })
}

const valuesOf = (row: Coupon | undefined, today: string) => ({
  code: row?.code ?? '',
  name: row?.name ?? '',
  discountType: row?.discountType ?? 'percentage',
  discountValue: (row?.discountValue ?? '') as number | string,
  startDate: dayOf(row?.startDate) || today,
  endDate: dayOf(row?.endDate),
  usageLimit: (row?.usageLimit ?? '') as number | string,
  limitPerCustomer: (row?.limitPerCustomer ?? 0) > 0,
  applyToFuturePayments: row?.applyToFuturePayments ?? true,
})

/** A change replaces a coupon, so what the form does not show goes along; a day that was not touched keeps its hour. */
const bodyOf = (values: ReturnType<typeof valuesOf>, row: Coupon | undefined) => ({
  name: values.name.trim() || values.code.trim(),
  code: values.code.trim(),
  discountType: values.discountType as Coupon['discountType'],
  discountValue: Number(values.discountValue),
  startDate: row && dayOf(row.startDate) === values.startDate ? row.startDate : values.startDate,
  endDate: values.endDate ? (row?.endDate && dayOf(row.endDate) === values.endDate ? row.endDate : values.endDate) : null,
  usageLimit: values.usageLimit === '' ? null : Number(values.usageLimit),
  limitPerCustomer: values.limitPerCustomer,
  applyToFuturePayments: values.applyToFuturePayments,
  ...(row ? { productIds: row.productIds, applyToFuturePaymentsConfig: row.applyToFuturePaymentsConfig as never } : {}),
})

const CouponForm = ({ row, onClose }: { row: Coupon | undefined; onClose: () => void }) => {
  const alt = useAlt()
  const { form, options, names } = useRecordForm(valuesOf(row, new Date(useNow(60_000)).toISOString().slice(0, 10)))
  const done = ({ code }: { code: string }) => {
    sayDone(`${code} is saved`)
    onClose()
  }
  const create = useSend(payments.coupon.create, done)
  const update = useSend(payments.coupon.update, done)
  const isPercent = form.values.discountType === 'percentage'
  return (
    <EditDrawer
      title={row ? 'Edit coupon' : 'New coupon'}
      failed="The coupon was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={form.onSubmit((values) => {
        const body = { ...alt, ...bodyOf(values, row) }
        if (row) update.mutate({ body: { ...body, id: row._id } }, options)
        else create.mutate({ body }, options)
      })}
      onClose={onClose}
    >
      <TextInput label="Code" placeholder="SPRING10" required data-autofocus autoComplete="off" {...form.getInputProps('code')} />
      <TextInput label="Name" autoComplete="off" {...form.getInputProps('name')} />
      <Group grow align="flex-start">
        <Select
          label="Takes off"
          data={[
            { value: 'percentage', label: 'Per cent' },
            { value: 'amount', label: 'An amount' },
          ]}
          allowDeselect={false}
          {...form.getInputProps('discountType')}
        />
        <NumberInput
          label={isPercent ? 'Per cent' : 'Amount'}
          min={0}
          {...(isPercent ? { max: 100 } : {})}
          decimalScale={2}
          hideControls
          required
          {...form.getInputProps('discountValue')}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput label="From" type="date" required {...form.getInputProps('startDate')} />
        <TextInput label="Until" type="date" {...form.getInputProps('endDate')} />
      </Group>
      <NumberInput
        label="How often in all"
        description="Empty: as often as you like."
        min={1}
        {...form.getInputProps('usageLimit')}
      />
      <Switch label="Once for each customer" {...form.getInputProps('limitPerCustomer', { type: 'checkbox' })} />
      <Switch
        label="Later payments of subscriptions too"
        {...form.getInputProps('applyToFuturePayments', { type: 'checkbox' })}
      />
    </EditDrawer>
  )
}

const RemoveCoupon = ({ row, onClose }: { row: Coupon; onClose: () => void }) => {
  const alt = useAlt()
  const send = useSend(payments.coupon.remove)
  return (
    <Removal name={row.code} send={send} input={{ body: { ...alt, id: row._id } }} onClose={onClose}>
      Nobody can use it any more; orders that used it keep their discount.
    </Removal>
  )
}

/** What takes something off an order. */
export const Coupons = () => (
  <Collection
    name="coupons"
    title="Coupons"
    about="Codes that take something off an order."
    noun="coupon"
    pages={useCoupons()}
    columns={columns}
    idOf={({ _id }) => _id}
    nameOf={({ code }) => code}
    words={({ code, name }) => `${code} ${name}`}
    first="Create the first one: a code, and what it takes off."
    form={(row, close) => <CouponForm row={row} onClose={close} />}
    removal={(row, close) => <RemoveCoupon row={row} onClose={close} />}
  />
)
