import { locations } from '@groundlevel/contracts'
import { Group, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useAsk } from '../../api.js'
import { FramedHtml } from '../../parts/framed-html.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Notice } from '../../parts/notice.js'
import { Card } from '../../parts/page.js'
import { ContactChoice } from '../contacts/contact-choice.js'
import { useLocationId } from '../contacts/words.js'
import classes from './settings.module.css'
import { segmentsOf } from './template-words.js'

const Html = ({ html }: { html: string }) => {
  if (!html.trim())
    return (
      <Text size="sm" c="dimmed">
        Nothing to send yet.
      </Text>
    )
  return (
    <>
      <FramedHtml html={html} title="The e-mail" />
      <Text size="xs" c="dimmed">
        Pictures of other hosts are not fetched, and links lead nowhere here.
      </Text>
    </>
  )
}

const Sms = ({ text }: { text: string }) => {
  const { characters, segments } = segmentsOf(text)
  return (
    <>
      <div className={classes.bubble}>{text || 'Nothing to send yet.'}</div>
      <Text size="xs" c="dimmed">
        {characters} characters, {segments === 1 ? '1 message' : `${segments} messages`}
      </Text>
    </>
  )
}

export interface Texts {
  readonly body?: string
  readonly subject?: string
  readonly html?: string
}

/** What the texts give for a contact, while they are written. */
export const TemplatePreview = ({ texts }: { texts: Texts }) => {
  const locationId = useLocationId()
  const [contactId, setContactId] = useState('')
  const [settled] = useDebouncedValue(texts, 300)
  const body = { locationId, ...settled, ...(contactId ? { contactId } : {}) }
  const found = useAsk(locations.templatePreview.render, { body }, { keep: true })
  return (
    <Card title="Preview">
      <Stack gap="sm">
        <ContactChoice label="As seen by" value={contactId} onChange={setContactId} />
        <Loaded from={found} what="The preview" waiting={<Waiting lines={3} />}>
          {(rendered) => (
            <>
              {rendered.unknown.length > 0 && (
                <Notice tone="waiting" title="Nobody knows these merge fields; they show nothing">
                  <Group gap="xs">
                    {rendered.unknown.map((name) => (
                      <code key={name}>{name}</code>
                    ))}
                  </Group>
                </Notice>
              )}
              {rendered.subject !== undefined && (
                <Text size="sm" fw={600}>
                  {rendered.subject || 'No subject'}
                </Text>
              )}
              {rendered.html === undefined ? <Sms text={rendered.body ?? ''} /> : <Html html={rendered.html} />}
            </>
          )}
        </Loaded>
      </Stack>
    </Card>
  )
}
