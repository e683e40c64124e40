import { Button, FileButton, Group, Input } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { AppLogo } from '../../parts/app-logo.js'

const maxBytes = 512 * 1024

const dataUrlOf = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })

interface LogoFieldProps {
  readonly name: string
  readonly value: string
  readonly error?: ReactNode
  readonly onChange: (dataUrl: string) => void
}

/** The logo travels as a data address: no file store is needed for one small picture. */
export const LogoField = ({ name, value, error, onChange }: LogoFieldProps) => {
  const [refusal, setRefusal] = useState('')
  const take = async (file: File | null) => {
    if (!file) return
    if (file.size > maxBytes) return setRefusal(`${file.name} has ${Math.ceil(file.size / 1024)} KB. 512 KB is the most.`)
    setRefusal('')
    onChange(await dataUrlOf(file).catch(() => value))
  }
  return (
    <Input.Wrapper
      label="Logo"
      labelElement="div"
      description="A square of 400 to 800 pixels: PNG, JPEG or WebP, 512 KB at most."
      error={refusal || error}
    >
      <Group gap="sm" mt={6} mb={4}>
        <AppLogo logo={value} name={name || 'A'} size={56} />
        <FileButton onChange={(file) => void take(file)} accept="image/png,image/jpeg,image/webp">
          {(props) => (
            <Button {...props} variant="default" size="xs">
              Choose a picture
            </Button>
          )}
        </FileButton>
        {value && (
          <Button variant="subtle" size="xs" onClick={() => onChange('')}>
            Remove
          </Button>
        )}
      </Group>
    </Input.Wrapper>
  )
}
