import type { UnlockState } from '../requests/unlock-request.lifecycle.js';
import type { Language } from '../../values/language.js';

/** What happens next, by whom. */
export const NEXT_STEPS = [
  'CONFIRM',
  'WAIT_FOR_ANSWER',
  'HAND_IN_DOCUMENT',
  'WAIT_FOR_REVIEW',
  'WAIT_FOR_UNLOCK',
  'WAIT_FOR_CODE',
  'WAIT_FOR_MAKER',
  'WAIT_FOR_NETWORK',
  'ENTER_CODE',
  'TELL_US',
  'WAIT_FOR_US',
  'ASK_AGAIN_FROM',
  'MEND_AND_ASK_AGAIN',
  'ASK_AGAIN',
  'USE_OTHER_SIM',
  'CALL_US',
  'NOTHING',
] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

type Texts = Readonly<Record<NextStep, string>>;

const EN: Texts = {
  CONFIRM: 'Open the link in our mail and confirm the request.',
  WAIT_FOR_ANSWER: 'We answer your request; you need do nothing.',
  HAND_IN_DOCUMENT: 'Hand in the document we asked for: on this page, at a store or to customer care.',
  WAIT_FOR_REVIEW: 'A person looks at your request; you need do nothing.',
  WAIT_FOR_UNLOCK: 'Your request is approved; we prepare the unlock.',
  WAIT_FOR_CODE: 'Your request is approved; we get the code from the maker and write to you when it is here.',
  WAIT_FOR_MAKER: 'The maker has been told to unlock the handset. Connect it to a wireless network and restart it.',
  WAIT_FOR_NETWORK: 'The unlock is sent over the air. Keep the handset switched on and connected.',
  ENTER_CODE: 'Get the code and enter it once. A wrong code costs a try, and there are only a few.',
  TELL_US: 'Enter the code you were shown, once, then tell us whether it worked.',
  WAIT_FOR_US: 'The unlock did not work. Do not enter any code again; we look into it.',
  ASK_AGAIN_FROM: 'If nothing else changes you can ask again from the date shown.',
  MEND_AND_ASK_AGAIN: 'Do what stands beside each reason, then ask again.',
  ASK_AGAIN: 'This request is closed. You can ask again at any time.',
  USE_OTHER_SIM: 'Put in the SIM card of the other network and switch the handset on.',
  CALL_US: 'The unlock was taken back. Please call customer care.',
  NOTHING: 'Nothing more happens with this request.',
};

const ES: Texts = {
  CONFIRM: 'Abra el enlace de nuestro correo y confirme la solicitud.',
  WAIT_FOR_ANSWER: 'Responderemos a su solicitud; no tiene que hacer nada.',
  HAND_IN_DOCUMENT: 'Entregue el documento que le pedimos: en esta página, en una tienda o a atención al cliente.',
  WAIT_FOR_REVIEW: 'Una persona revisa su solicitud; no tiene que hacer nada.',
  WAIT_FOR_UNLOCK: 'Su solicitud está aprobada; preparamos el desbloqueo.',
  WAIT_FOR_CODE: 'Su solicitud está aprobada; pedimos el código al fabricante y le escribiremos cuando llegue.',
  WAIT_FOR_MAKER: 'El fabricante tiene la orden de desbloquear el equipo. Conéctelo a una red wifi y reinícielo.',
  WAIT_FOR_NETWORK: 'El desbloqueo se envía por la red. Deje el equipo encendido y conectado.',
  ENTER_CODE: 'Pida el código e introdúzcalo una sola vez. Un código equivocado gasta un intento, y hay pocos.',
  TELL_US: 'Introduzca una sola vez el código que vio y díganos si funcionó.',
  WAIT_FOR_US: 'El desbloqueo no funcionó. No introduzca más códigos; lo estamos revisando.',
  ASK_AGAIN_FROM: 'Si nada más cambia, puede volver a pedirlo a partir de la fecha indicada.',
  MEND_AND_ASK_AGAIN: 'Haga lo que se indica junto a cada motivo y vuelva a pedirlo.',
  ASK_AGAIN: 'Esta solicitud está cerrada. Puede volver a pedirlo cuando quiera.',
  USE_OTHER_SIM: 'Ponga la tarjeta SIM de la otra red y encienda el equipo.',
  CALL_US: 'El desbloqueo se anuló. Llame a atención al cliente.',
  NOTHING: 'Con esta solicitud ya no ocurre nada más.',
};

const STATES: Readonly<Record<UnlockState, readonly [en: string, es: string]>> = {
  PENDING_CONFIRMATION: ['Waits for you to confirm it', 'Falta que la confirme'],
  RECEIVED: ['Received', 'Recibida'],
  EVALUATING: ['Being checked', 'En comprobación'],
  AWAITING_DOCUMENTS: ['Waits for a document of yours', 'Falta un documento suyo'],
  UNDER_REVIEW: ['A person is looking at it', 'La revisa una persona'],
  APPROVED: ['Approved', 'Aprobada'],
  FULFILLING: ['Approved, being carried out', 'Aprobada, en curso'],
  ACTION_REQUIRED: ['Approved: your unlock is ready', 'Aprobada: su desbloqueo está listo'],
  CODE_FAILED: ['The code did not work', 'El código no funcionó'],
  FULFILMENT_FAILED: ['The unlock did not work', 'El desbloqueo no funcionó'],
  DENIED: ['Denied', 'Denegada'],
  COMPLETED: ['Done: the handset is unlocked', 'Hecho: el equipo está desbloqueado'],
  COMPLETED_UNVERIFIED: ['Closed: we took it that the unlock worked', 'Cerrada: entendimos que el desbloqueo funcionó'],
  EXPIRED: ['Expired: it was not confirmed', 'Caducada: no se confirmó'],
  CANCELLED: ['Cancelled', 'Anulada'],
  CLOSED_NO_RESPONSE: ['Closed: no document came', 'Cerrada: no llegó ningún documento'],
  REVOKED: ['Taken back', 'Retirada'],
};

export const nextWords = (step: NextStep, language: Language): string => (language === 'es' ? ES : EN)[step];

export const stateWords = (state: UnlockState, language: Language): string => STATES[state][language === 'es' ? 1 : 0];
