import { payments, products } from '@groundlevel/contracts'
import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useNavigate } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { ContactChoice } from '../contacts/contact-choice.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { amountOf, useAlt, useBase } from './words.js'

interface Line {
  readonly key: string
  readonly productId: string
  readonly priceId: string
  readonly qty: number | string
}

let made = 0
const line = (): Line => ({ key: `line ${++made}`, productId: '', priceId: '', qty: 1 })

interface LineProps {
  readonly of: Line
  readonly at: number
  readonly alone: boolean
  readonly onChange: (values: Partial<Line>) => void
  readonly onRemove: () => void
}

/** A product, one of its prices, and how many. */
const LineEditor = ({ of, at, alone, onChange, onRemove }: LineProps) => {
  const { altId } = useAlt()
  const known = useAsk(products.product.list, { query: { locationId: altId, limit: 100 } })
  const prices = useAsk(
    products.price.list,
    { productId: of.productId, query: { locationId: altId, limit: 100 } },
    { enabled: of.productId !== '' },
  )
  return (
    <Group gap={4} align="flex-start">
      <Select
        size="xs"
        w="100%"
        aria-label={`Product ${at + 1}`}
        placeholder="Product"
        data={(known.data?.products ?? []).map(({ _id, name }) => ({ value: _id, label: name }))}
        value={of.productId || null}
        onChange={(productId) => onChange({ productId: productId ?? '', priceId: '' })}
        searchable
      />
      <Select
        size="xs"
        flex={1}
        aria-label={`Price ${at + 1}`}
        placeholder="Price"
        data={(prices.data?.prices ?? []).map(({ _id, name, amount, currency }) => ({
          value: _id,
          label: `${name}, ${amountOf(amount, currency)}`,
        }))}
        value={of.priceId || null}
        onChange={(priceId) => onChange({ priceId: priceId ?? '' })}
        disabled={of.productId === ''}
      />
      <NumberInput
        size="xs"
        w={70}
        aria-label={`How many of product ${at + 1}`}
        min={1}
        value={of.qty}
        onChange={(qty) => onChange({ qty })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        c="dimmed"
        mt={3}
        aria-label={`Remove product ${at + 1}`}
        disabled={alone}
        onClick={onRemove}
      >
        <IconTrash size={15} />
      </ActionIcon>
    </Group>
  )
}

/** A new order: it takes the stock, uses the coupon and counts the taxes. */
export const CreateOrder = ({ onClose }: { onClose: () => void }) => {
  const alt = useAlt()
  const base = useBase()
  const navigate = useNavigate()
  const { form, options, names } = useRecordForm({ contactId: '', currency: 'USD', couponCode: '', items: [line()] })
  const create = useSend(payments.order.create, ({ _id }) => {
    onClose()
    void navigate(`${base}/orders/${_id}`)
  })
  const { items } = form.values
  const put = (next: Line[]) => form.setFieldValue('items', next)
  const send = form.onSubmit(({ contactId, currency, couponCode }) =>
    create.mutate(
      {
        body: {
          ...alt,
          contactId,
          currency: currency.trim(),
          items: items.map(({ productId, priceId, qty }) => ({ productId, priceId, qty: Number(qty) })),
          ...(couponCode.trim() ? { couponCode: couponCode.trim() } : {}),
        },
      },
      options,
    ),
  )
  return (
    <EditDrawer
      title="New order"
      failed="The order was not created"
      sends={[create]}
      names={names}
      action="Create order"
      onSubmit={send}
      onClose={onClose}
    >
      <ContactChoice
        label="Customer"
        required
        value={form.values.contactId}
        onChange={(id) => form.setFieldValue('contactId', id)}
        error={form.errors.contactId as string | undefined}
      />
      <Stack gap="xs">
        <Text size="sm" fw={500}>
          Items
        </Text>
        {items.map((of, at) => (
          <LineEditor
            key={of.key}
            of={of}
            at={at}
            alone={items.length === 1}
            onChange={(values) => put(items.map((each, index) => (index === at ? { ...each, ...values } : each)))}
            onRemove={() => put(items.filter((_, index) => index !== at))}
          />
        ))}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => put([...items, line()])}
        >
          Add item
        </Button>
      </Stack>
      <Group grow align="flex-start">
        <TextInput label="Currency" maxLength={3} {...form.getInputProps('currency')} />
        <TextInput label="Coupon" autoComplete="off" {...form.getInputProps('couponCode')} />
      </Group>
    </EditDrawer>
  )
}
