import { useEffect, useState } from 'react'

/** How far the lab of a local start has moved the time; a page that comes from Vite has a placeholder there. */
const aheadMs = () => Number(document.querySelector<HTMLMetaElement>('meta[name="clock-ahead-ms"]')?.content) || 0

/** The only file of the portal that reads the time: the server's, as far as the page knows it. */
const nowMs = () => Date.now() + aheadMs()

/** The time, renewed every `everyMs`. */
export const useNow = (everyMs: number): number => {
  const [now, setNow] = useState(nowMs)
  useEffect(() => {
    const timer = setInterval(() => setNow(nowMs()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
