import { MailMessage } from './mail-message.entity.js';

export const MAIL_ENTITIES = [MailMessage];
