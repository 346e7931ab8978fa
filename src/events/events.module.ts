import { Module } from '@nestjs/common';
import { MailSeal, MailSignal } from './mail/mail-queue.js';
import { MailWorker } from './mail/mail-worker.js';

/** What happened, told to the outside. */
@Module({ providers: [MailSeal, MailSignal, MailWorker], exports: [MailSeal, MailSignal] })
export class EventsModule {}
