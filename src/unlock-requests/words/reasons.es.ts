import type { ReasonTexts } from './reason-texts.js';

const WAIT = 'Puede volver a pedirlo a partir de la fecha indicada.';
const CALL = 'Llame a atención al cliente; allí le dirán más.';

export const REASONS_IN_SPANISH: ReasonTexts = {
  IMEI_INVALID: ['Esto no es un IMEI.', 'Marque *#06# en el equipo y escriba los 15 dígitos que muestra.'],
  IMEI_NOT_RECOGNISED: [
    'No conocemos este equipo.',
    'Compare el IMEI con la etiqueta del equipo; puede ser de otro operador.',
  ],
  DEVICE_NOT_SOLD_BY_US: [
    'No vendimos este equipo, así que el bloqueo no es nuestro.',
    'Pregunte a quien lo vendió o al operador para el que se fabricó.',
  ],
  ALREADY_UNLOCKED: ['El equipo no está bloqueado.', 'Ponga la tarjeta SIM de la otra red y enciéndalo.'],
  NOT_UNLOCKABLE: [
    'Este equipo ya no se puede desbloquear.',
    'Un servicio técnico puede ayudarle; también puede entregarlo como parte de pago.',
  ],
  UNLOCK_ATTEMPTS_EXHAUSTED: [
    'El equipo ya no acepta códigos: se agotaron los intentos.',
    'Ahora solo puede ayudar el fabricante. No introduzca más códigos.',
  ],
  DEVICE_BLOCKED_LOST_STOLEN: [
    'El equipo consta como perdido o robado.',
    'Quien lo denunció tiene que retirar la denuncia.',
  ],
  DEVICE_BLOCKED_FRAUD: ['El equipo está bloqueado por cómo se obtuvo o por falta de pago.', CALL],
  DEVICE_BLOCKED_COURT_ORDER: ['Por ahora no podemos desbloquear este equipo.', CALL],
  DEVICE_BLOCKED_FAULTY: ['El equipo consta como defectuoso.', 'Llévelo a una tienda para que lo revisen.'],
  CLAIM_ON_DEVICE: [
    'Otra persona tiene un derecho sobre este equipo.',
    'Resuélvalo con ella, por ejemplo con la financiera o con el dueño.',
  ],
  REGISTRY_UNAVAILABLE: [
    'El registro de equipos perdidos y robados no responde.',
    'No tiene que hacer nada: volveremos a preguntar.',
  ],
  BILLING_UNAVAILABLE: ['Nuestra facturación no responde.', 'No tiene que hacer nada: volveremos a preguntar.'],
  LINE_NOT_KNOWN: [
    'No sabemos en qué línea se usó el equipo.',
    'Use el equipo con su tarjeta SIM o pídalo desde la cuenta a la que pertenece.',
  ],
  BALANCE_REMAINING: ['El equipo no está pagado del todo.', 'Pague lo que falta y vuelva a pedirlo.'],
  PAYMENT_SETTLEMENT_HOLD: ['Su último pago aún no se ha hecho firme.', WAIT],
  CONTRACT_NOT_COMPLETE: [
    'El contrato de servicio no ha terminado.',
    'Vuelva a pedirlo cuando termine o cuando haya pagado la cancelación anticipada.',
  ],
  ACCOUNT_PAST_DUE: ['La cuenta tiene pagos vencidos.', 'Pague lo vencido y vuelva a pedirlo.'],
  ACCOUNT_NOT_ACTIVE: ['La cuenta no está activa.', 'Actívela de nuevo y vuelva a pedirlo.'],
  ACCOUNT_NOT_GOOD_STANDING: ['La cuenta no está al corriente.', 'Arregle lo pendiente y vuelva a pedirlo.'],
  MIN_SERVICE_NOT_MET: ['El equipo no lleva bastante tiempo en servicio en nuestra red.', WAIT],
  MIN_PAID_SERVICE_NOT_MET: [
    'No se ha pagado el servicio durante bastante tiempo.',
    'Siga pagando el servicio; los días sin pagar no cuentan.',
  ],
  MONTHLY_PAYMENTS_NOT_MET: ['Faltan pagos mensuales.', 'Vuelva a pedirlo después de los próximos pagos.'],
  TOO_SOON_AFTER_PURCHASE: ['El equipo se compró hace muy poco.', WAIT],
  REFILL_THRESHOLD_NOT_MET: ['La línea no tiene bastantes recargas.', 'Recargue lo que falta y vuelva a pedirlo.'],
  NO_NETWORK_USAGE: [
    'Nuestra red no ha visto este equipo en uso.',
    'Úselo con nuestra tarjeta SIM, haga una llamada y vuelva a pedirlo.',
  ],
  ACTIVE_ON_OTHER_ACCOUNT: [
    'El equipo se usa en otra cuenta.',
    'El titular de esa cuenta tiene que pedir el desbloqueo.',
  ],
  EARLY_UPGRADE_WAIT: ['El equipo se renovó antes de tiempo y aún puede deshacerse.', WAIT],
  UNLOCK_LIMIT_REACHED: ['Ya se desbloquearon todos los equipos permitidos.', WAIT],
  COMPANY_AUTH_REQUIRED: [
    'El equipo es de una empresa.',
    'Pida la conformidad de la persona que lleva la cuenta en la empresa.',
  ],
  DOCUMENTS_REQUIRED: [
    'Necesitamos un documento suyo.',
    'Entréguelo en la página de su solicitud, en una tienda o a atención al cliente.',
  ],
  DOCUMENTS_REJECTED: ['El documento no se aceptó.', 'Entregue uno que se pueda leer y siga vigente.'],
  SECOND_IMEI_FAILS: [
    'El segundo IMEI del equipo no cumple una regla.',
    'Mire las reglas marcadas con el identificador 2.',
  ],
  IDENTITY_NOT_CONFIRMED: ['Aún no sabemos si lo pidió usted.', 'Abra el enlace de nuestro correo.'],
  DUPLICATE_REQUEST: [
    'Ya hay una solicitud en curso para este equipo.',
    'Espere la respuesta, o anúlela y vuelva a pedirlo.',
  ],
  RATE_LIMITED: ['Hubo demasiados intentos.', 'Espere un rato y vuelva a intentarlo.'],
  SOURCE_SUSPENDED: [
    'Desde su conexión llegaron demasiadas solicitudes para los mismos equipos.',
    'Vuelva a intentarlo el mes que viene.',
  ],
  FRAUD_REVIEW: ['Una persona tiene que revisar esta solicitud.', 'No tiene que hacer nada: le diremos cómo termina.'],
  WRONG_CHANNEL: ['Este desbloqueo no se da por esta vía.', 'Pídalo por la vía que indican las condiciones.'],
  INCOMPATIBLE_NETWORK: [
    'El equipo puede no funcionar en la otra red.',
    'Pregunte a ese operador si lo admite antes de cambiarse.',
  ],
  TEMPORARY_NOT_OFFERED: ['Para este equipo no se ofrecen desbloqueos temporales.', 'Pida un desbloqueo definitivo.'],
  POLICY_NOT_FOUND: [
    'Tenemos que averiguar qué condiciones valen para este equipo.',
    'No tiene que hacer nada: lo revisa una persona.',
  ],
};
