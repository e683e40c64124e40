import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './portal.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { setNonce } from 'get-nonce'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { openCache } from './cache.js'
import { PageFactsContext, readPageFacts } from './page-facts.js'
import { openRouter } from './routes.js'
import { AuthorizeError } from './screens/consent/authorize-error.js'
import { colorSchemeKey, cssVariables, overlaysId, theme } from './theme.js'

/** Nothing is said before something was done. */
const Notifications = lazy(() => import('@mantine/notifications').then((made) => ({ default: made.Notifications })))

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
          <Suspense fallback={null}>
            <Notifications position="bottom-right" withinPortal={false} />
          </Suspense>
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
