// Shows what has arrived since, without losing an opened body or the keyboard's place.
const live = document.querySelector('[data-refresh]')
const everyMs = 2000

const refresh = async () => {
  if (document.hidden) return
  const response = await fetch(live.dataset.refresh)
  const text = response.ok ? await response.text() : live.innerHTML
  const fresh = new DOMParser().parseFromString(text, 'text/html').body
  const isOpen = new Set([...live.querySelectorAll('details[open]')].map((details) => details.dataset.id))
  for (const details of fresh.querySelectorAll('details')) details.open = isOpen.has(details.dataset.id)
  const isBusy = live.contains(document.activeElement) || !document.getSelection().isCollapsed
  if (!isBusy && fresh.innerHTML !== live.innerHTML) live.replaceChildren(...fresh.childNodes)
}

if (live) setInterval(() => refresh().catch(() => {}), everyMs)
