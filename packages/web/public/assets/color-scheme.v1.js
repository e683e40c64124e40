// Runs before the first paint so that a dark page never flashes white. The key is the one theme.ts names.
// Browsers keep this file for ever: whoever changes it gives it the next number.
;(() => {
  let wanted = 'auto'
  try {
    wanted = localStorage.getItem('groundlevel-color-scheme') ?? 'auto'
  } catch {
    // Storage may be closed to us; the system decides then.
  }
  const dark = wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
