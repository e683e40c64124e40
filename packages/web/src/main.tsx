import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './portal.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { openCache } from './cache.js'
import { PageFactsContext, readPageFacts } from './page-facts.js'
import { openRouter } from './routes.js'
import { AuthorizeError } from './screens/consent/authorize-error.js'
import { colorSchemeKey, cssVariables, overlaysId, theme } from './theme.js'

const start = (root: HTMLElement) => {
  const facts = readPageFacts()
  // react-remove-scroll, inside Modal, makes its own style tag and asks this library for the nonce.
  setNonce(facts.nonce)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        colorSchemeManager={localStorageColorSchemeManager({ key: colorSchemeKey })}
        getStyleNonce={() => facts.nonce}
      >
        <section id={overlaysId} aria-label="Notifications">
          <Notifications position="bottom-right" withinPortal={false} />
        </section>
        <QueryClientProvider client={openCache()}>
          <PageFactsContext value={facts}>
            {facts.authorizeError ? <AuthorizeError {...facts.authorizeError} /> : <RouterProvider router={openRouter()} />}
          </PageFactsContext>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}

const root = document.getElementById('root')
if (root) start(root)
