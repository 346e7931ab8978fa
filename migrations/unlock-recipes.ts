type Recipe = [
  brandKey: string,
  modelKey: string,
  method: string,
  maxAttempts: number | null,
  attemptsShown: boolean,
  codeFormats: Readonly<Record<string, string>>,
  codeOrder: readonly string[],
  stepsEn: readonly string[],
  stepsEs: readonly string[],
];

const DIGITS_8 = '^\\d{8}$';
const DIGITS_16 = '^\\d{16}$';
const DIGITS_8_OR_16 = '^\\d{8}$|^\\d{16}$';
const ANY_LENGTH = '^\\d{6,20}$';

const INSERT_EN = 'Switch the handset off, put in a SIM card of the other network, and switch it on.';
const INSERT_ES = 'Apague el equipo, ponga una tarjeta SIM de la otra red y enciéndalo.';
const ENTER_EN = 'When it asks for a network code, enter the code slowly; never enter it twice if it is refused.';
const ENTER_ES = 'Cuando pida un código de red, introdúzcalo despacio; si lo rechaza, no lo repita.';
const ASKED_EN = [INSERT_EN, ENTER_EN];
const ASKED_ES = [INSERT_ES, ENTER_ES];

const MEP = ['MEP2', 'MEP4', 'MEP1', 'MEP3', 'MEP5'];
const formatsOf = (types: readonly string[], format: string) => Object.fromEntries(types.map((type) => [type, format]));

const BB10_EN = [
  INSERT_EN,
  'Open Settings, Security and Privacy, SIM Card, and choose to unlock the network.',
  'Look how many tries are left, then enter the code.',
];
const BB10_ES = [
  INSERT_ES,
  'Abra Ajustes, Seguridad y privacidad, Tarjeta SIM, y elija desbloquear la red.',
  'Mire cuántos intentos quedan e introduzca el código.',
];
const BB7_EN = [
  'Switch all connections off and open Options, Device, Advanced, SIM Card.',
  'Type MEPD and look at "Network": it shows how many tries are left. Type MEP2, with Alt for the digit.',
  'Enter the code. When it says that the code was accepted, restart the handset.',
];
const BB7_ES = [
  'Apague todas las conexiones y abra Opciones, Dispositivo, Avanzadas, Tarjeta SIM.',
  'Escriba MEPD y mire "Network": muestra los intentos que quedan. Escriba MEP2, con Alt para la cifra.',
  'Introduzca el código. Cuando diga que se ha aceptado, reinicie el equipo.',
];
const APPLE_EN = [
  'The carrier tells Apple; the lock is lifted when the iPhone next reaches Apple.',
  'Put in a SIM card of the other network, or back up, erase and restore.',
  'Settings, General, About shows "No SIM restrictions" under Carrier Lock.',
];
const APPLE_ES = [
  'El operador avisa a Apple; el bloqueo se quita la próxima vez que el iPhone contacte con Apple.',
  'Ponga una tarjeta SIM de la otra red, o haga copia, borre y restaure.',
  'Ajustes, General, Información muestra "Sin restricciones de SIM" en Bloqueo de operador.',
];

const BB10 = ['q10', 'z10', 'q5', 'z30', 'classic', 'passport'];
const bb10 = (model: string): Recipe => [
  ...(['blackberry', model, 'CODE', 10, true] as const),
  ...([formatsOf(MEP, DIGITS_16), MEP, BB10_EN, BB10_ES] as const),
];

/** How handsets of the common makers are unlocked; a carrier corrects them as data. The last one is for any other. */
export const UNLOCK_RECIPES: readonly Recipe[] = [
  ['blackberry', '', 'CODE', 10, true, formatsOf(MEP, DIGITS_8_OR_16), MEP, BB7_EN, BB7_ES],
  ...BB10.map(bb10),
  [
    ...(['samsung', '', 'CODE', null, false] as const),
    formatsOf(['MCK', 'RGCK', 'NCK', 'SPCK', 'PCK'], DIGITS_8_OR_16),
    ...([['MCK', 'RGCK', 'NCK', 'SPCK', 'PCK'], ASKED_EN, ASKED_ES] as const),
  ],
  ['apple', '', 'OEM_WHITELIST', null, false, {}, [], APPLE_EN, APPLE_ES],
  ['nokia', '', 'CODE', 5, false, { NCK: '^\\d{15}$|^\\d{20}$' }, ['NCK'], ASKED_EN, ASKED_ES],
  [
    'huawei',
    '',
    'CODE',
    10,
    true,
    { NCK: DIGITS_8_OR_16, RESET: DIGITS_8_OR_16 },
    ['NCK', 'RESET'],
    ASKED_EN,
    ASKED_ES,
  ],
  ['sony', '', 'CODE', null, true, { NCK: DIGITS_16 }, ['NCK'], ASKED_EN, ASKED_ES],
  ['lg', '', 'CODE', 10, false, { NCK: DIGITS_16 }, ['NCK'], ASKED_EN, ASKED_ES],
  ['zte', '', 'CODE', 5, false, { NCK: DIGITS_16 }, ['NCK'], ASKED_EN, ASKED_ES],
  ['htc', '', 'CODE', 10, false, { NCK: DIGITS_8 }, ['NCK'], ASKED_EN, ASKED_ES],
  ['motorola', '', 'CODE', 10, false, { NCK: DIGITS_8_OR_16 }, ['NCK'], ASKED_EN, ASKED_ES],
  ['alcatel', '', 'CODE', 10, false, { NCK: '^\\d{10}$' }, ['NCK'], ASKED_EN, ASKED_ES],
  ['', '', 'CODE', null, false, { NCK: ANY_LENGTH, SPCK: ANY_LENGTH }, ['NCK', 'SPCK'], ASKED_EN, ASKED_ES],
];
