import { useEffect, useState } from 'react'

/** The only file of the portal that reads the time. */
const nowMs = () => Date.now()

/** The time, renewed every `everyMs`. */
export const useNow = (everyMs: number): number => {
  const [now, setNow] = useState(nowMs)
  useEffect(() => {
    const timer = setInterval(() => setNow(nowMs()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
