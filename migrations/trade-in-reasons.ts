type Seeded = readonly [code: string, en: string, es: string, question?: string];

const FUNCTIONAL: readonly Seeded[] = [
  ['NO_POWER', 'It does not power on.', 'No enciende.', 'POWER'],
  ['NO_CHARGE', 'It does not hold a charge.', 'No mantiene la carga.', 'POWER'],
  ['DISPLAY_FAULT', 'The display shows faults.', 'La pantalla muestra fallos.', 'SCREEN'],
  ['TOUCH_FAULT', 'The screen does not answer to touch everywhere.', 'La pantalla no responde al tacto.', 'FUNCTIONS'],
  ['CAMERA_FAULT', 'A camera does not work.', 'Una cámara no funciona.', 'FUNCTIONS'],
  ['SPEAKER_FAULT', 'A loudspeaker does not work.', 'Un altavoz no funciona.', 'FUNCTIONS'],
  ['MIC_FAULT', 'A microphone does not work.', 'Un micrófono no funciona.', 'FUNCTIONS'],
  ['KEYBOARD_FAULT', 'Keys of the keyboard do not work.', 'Hay teclas que no funcionan.', 'KEYBOARD'],
  ['BUTTON_FAULT', 'A button does not work.', 'Un botón no funciona.', 'FUNCTIONS'],
  ['PORT_FAULT', 'The charging port does not work.', 'El puerto de carga no funciona.', 'FUNCTIONS'],
  ['RADIO_FAULT', 'It finds no network.', 'No encuentra red.', 'FUNCTIONS'],
  [
    'BIOMETRIC_FAULT',
    'The fingerprint or face reader does not work.',
    'El lector biométrico no funciona.',
    'FUNCTIONS',
  ],
  ['BATTERY_WORN', 'The battery is worn out.', 'La batería está gastada.'],
  ['LIQUID_DAMAGE', 'Liquid has got into it.', 'Le ha entrado líquido.', 'LIQUID'],
  ['NON_GENUINE_PART', 'A part is not the maker’s own.', 'Una pieza no es original.', 'PARTS'],
  ['ROOTED', 'Its software is not the maker’s own.', 'Su software no es el del fabricante.'],
];

const AESTHETIC: readonly Seeded[] = [
  ['SCREEN_SCRATCHED', 'The screen is scratched.', 'La pantalla está rayada.', 'SCREEN'],
  ['SCREEN_CRACKED', 'The screen is cracked.', 'La pantalla está rota.', 'SCREEN'],
  ['BACK_CRACKED', 'The back is cracked.', 'La parte trasera está rota.', 'BODY'],
  ['LENS_CRACKED', 'The lens of a camera is cracked.', 'La lente de una cámara está rota.', 'BODY'],
  ['FRAME_DENTED', 'The frame has dents.', 'El marco tiene golpes.', 'BODY'],
  ['FRAME_BENT', 'The frame is bent.', 'El marco está doblado.', 'BODY'],
  ['ENGRAVED', 'It is engraved.', 'Está grabado.'],
  ['PARTS_MISSING', 'Parts of it are missing.', 'Le faltan piezas.'],
];

const TRANSPORT: readonly Seeded[] = [
  ['MODEL_DIFFERS', 'It is another model.', 'Es otro modelo.'],
  ['STORAGE_DIFFERS', 'It has another storage size.', 'Tiene otra capacidad.'],
  ['IMEI_DIFFERS', 'It is not the handset that was quoted.', 'No es el teléfono cotizado.'],
  ['CARRIER_LOCK_DIFFERS', 'It is locked to a carrier.', 'Está bloqueado por un operador.', 'CARRIER_LOCK'],
  ['PARCEL_EMPTY', 'The parcel was empty.', 'El paquete estaba vacío.'],
  ['PARCEL_DAMAGED', 'The parcel was damaged.', 'El paquete llegó dañado.'],
  ['BROKEN_IN_TRANSIT', 'It broke on its way.', 'Se rompió en el camino.'],
  ['ACCESSORIES_ONLY', 'Only accessories came.', 'Solo llegaron accesorios.'],
];

const SUSPENSION: readonly Seeded[] = [
  ['LOCK_ON_RECEIVED', 'An account still locks it.', 'Una cuenta aún lo bloquea.'],
  ['PASSCODE_SET', 'A passcode is set.', 'Tiene un código puesto.'],
  ['MDM_ENROLLED', 'A company manages it.', 'Lo administra una empresa.'],
  ['DATA_NOT_ERASED', 'Your data are still on it.', 'Aún tiene sus datos.'],
  ['OWNERSHIP_DOUBT', 'It is not clear whose it is.', 'No está claro de quién es.'],
  ['ID_DOCUMENT_NEEDED', 'We need to see an identity document.', 'Necesitamos ver un documento de identidad.'],
  ['BANK_DETAILS_INVALID', 'The bank details are not right.', 'Los datos bancarios no son correctos.'],
  ['BLOCKLIST_SOFT_MATCH', 'We are looking into an entry about it.', 'Estamos revisando un aviso sobre él.'],
  ['POLICE_INQUIRY', 'We are looking into it.', 'Lo estamos revisando.'],
];

const REJECTION: readonly Seeded[] = [
  ['STOLEN', 'We cannot take it.', 'No podemos aceptarlo.'],
  ['COUNTERFEIT', 'It is not what it is made to look like.', 'No es auténtico.'],
  ['SERIAL_TAMPERED', 'Its numbers have been tampered with.', 'Sus números han sido alterados.'],
  ['RECALLED', 'The maker has recalled it.', 'El fabricante lo ha retirado.'],
  ['INFESTED', 'It cannot be handled.', 'No se puede manipular.'],
  ['HAZARDOUS', 'It is dangerous to handle.', 'Es peligroso manipularlo.'],
  ['CUSTOMER_DECLINED', 'You did not want to go on.', 'Usted no quiso continuar.'],
  ['DEADLINE_PASSED', 'The time for it has passed.', 'El plazo ha pasado.'],
];

const listed = (use: string, category: string, evidenceNeeded: boolean, seeded: readonly Seeded[]) =>
  seeded.map(([code, en, es, question]) => ({
    ...{ code, use, category, evidenceNeeded, text: { en, es } },
    ...(question === undefined ? {} : { question }),
  }));

/** The reasons a counter-offer, suspension or rejection may give, until the carrier writes its own. */
export const SEEDED_REASONS = [
  ...listed('COUNTER_OFFER', 'FUNCTIONAL', true, FUNCTIONAL),
  ...listed('COUNTER_OFFER', 'AESTHETIC', true, AESTHETIC),
  ...listed('COUNTER_OFFER', 'TRANSPORT', true, TRANSPORT),
  ...listed('SUSPENSION', 'SUSPENSION', false, SUSPENSION),
  ...listed('REJECTION', 'REJECTION', false, REJECTION),
];
