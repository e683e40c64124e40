import { Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { adviceFor, type Problem } from '../problem.js'
import { Id } from './identifier.js'
import { Notice } from './notice.js'

interface FailureProps {
  /** What failed, as a sentence: "Your apps could not be loaded". */
  readonly what: string
  readonly problem: Problem
  /** Only these of the problem's sentences, where the others stand beside their fields. */
  readonly messages?: readonly string[]
  readonly retry?: () => void
  /** Takes the focus when it appears: after a form was sent. */
  readonly focus?: boolean
}

/** What failed, why, what to do, and the trace id. */
export const Failure = ({ what, problem, messages = problem.messages, retry, focus = false }: FailureProps) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (focus) box.current?.focus()
  }, [focus])
  return (
    <Notice ref={box} role="alert" tone="bad" title={what}>
      <Stack gap={8} align="flex-start">
        <Text size="sm">
          {messages.join(' ')} {adviceFor(problem)}
        </Text>
        {(problem.traceId || retry) && (
          <Group gap="sm">
            {retry && (
              <Button variant="default" size="xs" onClick={retry}>
                Try again
              </Button>
            )}
            {problem.traceId && (
              <Text size="xs" component="div">
                Trace <Id value={problem.traceId} what="trace id" />
              </Text>
            )}
          </Group>
        )}
      </Stack>
    </Notice>
  )
}
