import { Group, Stack, Text } from '@mantine/core'
import { Command } from '../../parts/command.js'
import { CopyAction } from '../../parts/copy.js'
import { Notice } from '../../parts/notice.js'
import { exchangeCurl } from '../developer/curl.js'

interface CodePanelProps {
  readonly code: string
  readonly redirectUri: string
  readonly installUrl: string | null
}

const withCode = (redirectUri: string, code: string) =>
  `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}code=${encodeURIComponent(code)}`

const clientIdIn = (installUrl: string | null) =>
  (installUrl && new URL(installUrl, window.location.origin).searchParams.get('client_id')) || 'YOUR_CLIENT_ID'

const Take = ({ label, text, action }: { label: string; text: string; action: string }) => (
  <div>
    <Group justify="space-between" mb={4} gap={8}>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <CopyAction text={text}>{action}</CopyAction>
    </Group>
    <Command text={text} what={label} wrap bare />
  </div>
)

/** The code that *Allow and show me the code* ends in, in the three forms that people paste (M10). */
export const CodePanel = ({ code, redirectUri, installUrl }: CodePanelProps) => (
  <section aria-label="The code">
    <Notice tone="accent" title="Here is the code">
      <Stack gap="md">
        <Text size="sm">
          It works once, for ten minutes. Paste the redirect URL into the address bar, or exchange the code yourself.
        </Text>
        <Take label="Code" text={code} action="Copy code" />
        {redirectUri && <Take label="Redirect URL with the code" text={withCode(redirectUri, code)} action="Copy URL" />}
        <Take
          label="Exchange by curl"
          text={exchangeCurl({
            origin: window.location.origin,
            clientId: clientIdIn(installUrl),
            code,
            redirectUri: redirectUri || 'YOUR_REDIRECT_URL',
          })}
          action="Copy curl"
        />
      </Stack>
    </Notice>
  </section>
)
