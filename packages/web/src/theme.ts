import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** public/assets/color-scheme.v1.js reads the same key before the first paint. */
export const colorSchemeKey = 'groundlevel-color-scheme'

const gray: MantineColorsTuple = [
  '#fafafa',
  '#f4f4f5',
  '#ebebee',
  '#dfdfe4',
  '#cdcdd4',
  '#a3a3ad',
  '#666670',
  '#4a4a53',
  '#303037',
  '#1c1c21',
]

const dark: MantineColorsTuple = [
  '#e8e8ec',
  '#cbcbd2',
  '#a9a9b3',
  '#93939e',
  '#3d3d45',
  '#2d2d33',
  '#232328',
  '#18181b',
  '#131315',
  '#0d0d0f',
]

/** The landmark that notifications and hints are drawn in. */
export const overlaysId = 'overlays'

/** Motion stays under 150 ms everywhere; `respectReducedMotion` takes it away for who asks. */
const quick = { transitionProps: { duration: 120 } }

/** The library draws a <header>, which a dialog must not turn into a second banner of the page. */
const dialog = { closeButtonProps: { 'aria-label': 'Close' }, attributes: { header: { role: 'presentation' } } }

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  colors: { gray, dark },
  fontFamily: 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  components: {
    Modal: { defaultProps: { ...quick, ...dialog, centered: true } },
    Drawer: { defaultProps: { ...quick, ...dialog } },
    // Inside the landmark that opens it, and without the library's placeholder that no menu may hold.
    Menu: { defaultProps: { ...quick, withinPortal: false, withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { ...quick, withinPortal: false } },
    Combobox: { defaultProps: { withinPortal: false } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Tooltip: {
      defaultProps: {
        transitionProps: { duration: 100 },
        openDelay: 200,
        withArrow: true,
        portalProps: { target: `#${overlaysId}` },
      },
    },
    Collapse: { defaultProps: { transitionDuration: 100 } },
    Accordion: { defaultProps: { transitionDuration: 100 } },
    Badge: { defaultProps: { variant: 'light', radius: 'xs', tt: 'none', fw: 500 } },
    Table: { defaultProps: { verticalSpacing: 'xs', horizontalSpacing: 'sm' } },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
})

/** Library colours that miss AA on our greys, and the surfaces that our own style sheets use. */
export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-placeholder': colors.gray?.[6] ?? '',
    '--mantine-color-error': colors.red?.[9] ?? '',
    '--mantine-color-anchor': colors.indigo?.[8] ?? '',
    '--mantine-color-default-border': colors.gray?.[3] ?? '',
    '--gl-surface': colors.gray?.[0] ?? '',
    '--gl-input-border': colors.gray?.[4] ?? '',
    '--gl-developer': colors.indigo?.[7] ?? '',
    '--gl-agency': colors.teal?.[9] ?? '',
    '--gl-location': colors.grape?.[8] ?? '',
    '--gl-good': '#1b7a3a',
    '--gl-bad': '#c01c1c',
    '--gl-waiting': '#8a5a00',
  },
  dark: {
    '--mantine-color-error': colors.red?.[4] ?? '',
    '--mantine-color-anchor': colors.indigo?.[3] ?? '',
    '--gl-surface': colors.dark?.[8] ?? '',
    '--gl-input-border': colors.dark?.[4] ?? '',
    '--gl-developer': colors.indigo?.[4] ?? '',
    '--gl-agency': colors.teal?.[4] ?? '',
    '--gl-location': colors.grape?.[4] ?? '',
    '--gl-good': '#5fd38a',
    '--gl-bad': '#ff8f8f',
    '--gl-waiting': '#f0bd5a',
  },
})
