import { Stack, Text } from '@mantine/core'
import { IconCircle, IconCircleCheckFilled, IconCircleDot } from '@tabler/icons-react'
import { Command } from '../../parts/command.js'
import type { Step } from './checklist-progress.js'
import classes from './developer.module.css'

const Icon = ({ done, next }: { done: boolean; next: boolean }) => {
  if (done) return <IconCircleCheckFilled size={20} color="var(--gl-good)" role="img" aria-label="Done" />
  const Open = next ? IconCircleDot : IconCircle
  return (
    <Open
      size={20}
      color={next ? 'var(--mantine-color-anchor)' : 'var(--mantine-color-dimmed)'}
      role="img"
      aria-label={next ? 'Next' : 'To do'}
    />
  )
}

/** Steps in their order; what is open shows how. */
export const Checklist = ({ steps }: { steps: readonly Step[] }) => {
  const next = steps.findIndex((step) => !step.done)
  return (
    <Stack component="ol" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
      {steps.map((step, index) => (
        <li key={step.title} className={classes.step} data-done={step.done || undefined}>
          <span className={classes.stepIcon}>
            <Icon done={step.done} next={index === next} />
          </span>
          <div className={classes.grow}>
            <div className={classes.stepTitle}>{step.title}</div>
            {!step.done && (
              <Stack gap={8}>
                <Text size="sm" c="dimmed" component="div">
                  {step.about}
                </Text>
                {step.commands.map((command) => (
                  <Command key={command} text={command} />
                ))}
              </Stack>
            )}
          </div>
        </li>
      ))}
    </Stack>
  )
}
