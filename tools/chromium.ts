import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { platform } from 'node:os'
import { chromium } from '@playwright/test'

/** Where Debian's package puts it. */
const system = '/usr/bin/chromium'

/** The browser that the tests drive: Debian's where it is, else Playwright's own, else nothing. */
export const chromiumPath = () => [system, chromium.executablePath()].find((path) => existsSync(path))

const run = (command: string, ...args: string[]) => {
  console.log(`> ${command} ${args.join(' ')}`)
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0
}

const byPackage = () =>
  platform() === 'linux' &&
  process.getuid?.() === 0 &&
  existsSync('/usr/bin/apt-get') &&
  (run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium') ||
    (run('apt-get', 'update') && run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium')))

const byPlaywright = () => run('npx', 'playwright', 'install', ...(process.getuid?.() === 0 ? ['--with-deps'] : []), 'chromium')

/**
 * Makes sure that there is a browser: Debian's package when we are root on a system with apt, Playwright's installer elsewhere.
 *
 * @throws Error that says what to install by hand when neither worked.
 */
export const ensureChromium = () => {
  if (chromiumPath() || ((byPackage() || byPlaywright()) && chromiumPath())) return
  throw new Error(
    `No Chromium: neither ${system} nor Playwright's own is here, and installing failed (see above). ` +
      'Install it by hand (`apt-get install chromium` as root, or `npx playwright install chromium` with access to its download host), then run the tests again.',
  )
}
