/** Every text of the page, with the spaces and wordings that were seen on the real one. */
import type { Bar, Language, Status } from "./types";

interface Labels {
  chatList: string;
  searchResults: string;
  searchBox: string;
  filters: [string, string, string, string];
  rail: string[];
  chatsHeading: string;
  newChat: string;
  menu: string;
  unread: (n: number) => string;
  unreadDivider: (n: number) => string;
  profile: string;
  videoCall: (group: boolean) => string;
  search: string;
  more: string;
  messageList: string;
  writing: (how: "typing" | "recording", author?: string) => string;
  you: string;
  status: Record<Status, string>;
  edited: string;
  forwarded: string;
  quoted: string;
  deletedByYou: string;
  deletedByThem: string;
  waiting: string;
  readMore: string;
  openPicture: string;
  playVoice: string;
  voiceMessage: string;
  sticker: string;
  viewFile: (name: string) => string;
  photo: string;
  video: string;
  document: string;
  contact: string;
  writeTo: string;
  location: string;
  compose: string;
  composeTo: (title: string, group: boolean) => string;
  attach: string;
  emoji: string;
  send: string;
  record: string;
  blocked: string;
  e2e: string;
  e2eShort: string;
  introTitle: string;
  introText: string;
  loadingChats: string;
  scanHint: string;
  scanSteps: string[];
  refreshCode: string;
  linkByPhone: string;
  phoneTitle: string;
  phoneHint: string;
  phoneNext: string;
  codeTitle: string;
  codeHint: string;
  conflictText: string;
  useHere: string;
  banTitle: string;
  banText: string;
  lockTitle: string;
  lockHint: string;
  lockPassword: string;
  unlock: string;
  loggingOut: string;
  unsupportedTitle: string;
  unsupportedText: string;
  bars: Record<Bar, string>;
  barHints: Record<Bar, string>;
  restricted: string;
  reloadTitle: string;
  reloadText: string;
  reload: string;
  olderLoading: string;
  dialogTitle: string;
  dialogText: string;
  close: string;
  today: string;
  yesterday: string;
}

const portuguese: Labels = {
  chatList: "Lista de conversas",
  searchResults: "Resultados da pesquisa.",
  searchBox: "Pesquisar ou começar uma nova conversa",
  filters: ["Tudo", "Não lidas", "Favoritas", "Grupos"],
  rail: ["Conversas", "Status", "Canais", "Comunidades"],
  chatsHeading: "Conversas",
  newChat: "Nova conversa",
  menu: "Menu",
  unread: (n) => (n === 1 ? "1 mensagem não lida" : `${n} mensagens não lidas`),
  unreadDivider: (n) => (n === 1 ? "1 mensagem não lida" : `${n} mensagens não lidas`),
  profile: "Dados do perfil",
  videoCall: (group) => (group ? "Ligação de vídeo em grupo" : "Ligação de vídeo"),
  search: "Pesquisar",
  more: "Mais opções",
  writing: (how, author) => {
    const doing = how === "typing" ? "digitando…" : "gravando áudio…";
    return author ? `${author} está ${doing}` : doing;
  },
  messageList: "Lista de mensagens. Pressione a seta para a direita em uma mensagem para abrir o menu.",
  you: "Você",
  status: { pending: " Pendente ", sent: " Enviada ", delivered: " Entregue ", read: " Lida " },
  edited: "Editada",
  forwarded: "Encaminhada",
  quoted: "Mensagem citada",
  deletedByYou: "Mensagem apagada",
  deletedByThem: "Esta mensagem foi apagada",
  waiting: "Aguardando mensagem. Essa ação pode levar alguns instantes.",
  readMore: "Ler mais",
  openPicture: "Abrir imagem",
  playVoice: "Reproduzir mensagem de voz",
  voiceMessage: "Mensagem de voz",
  sticker: "Figurinha",
  viewFile: (name) => `Ver "${name}"`,
  photo: "Foto",
  video: "Vídeo",
  document: "Documento",
  contact: "Contato",
  writeTo: "Conversar",
  location: "Localização",
  compose: "Digite uma mensagem",
  composeTo: (title, group) =>
    group ? `Digite uma mensagem para o grupo ${title}` : `Digite uma mensagem para ${title}`,
  attach: "Anexar",
  emoji: "Emojis, GIFs, figurinhas",
  send: "Enviar",
  record: "Mensagem de voz",
  blocked: "Não é possível enviar mensagens para um contato bloqueado.",
  e2e: "As mensagens e ligações são protegidas com a criptografia de ponta a ponta. Somente as pessoas que fazem parte da conversa podem ler, ouvir e compartilhar esse conteúdo.",
  e2eShort: "Protegido com a criptografia de ponta a ponta",
  introTitle: "WhatsApp Web",
  introText: "Envie e receba mensagens sem precisar manter seu celular conectado à internet.",
  loadingChats: "Carregando suas conversas",
  scanHint: "Escaneie para entrar",
  scanSteps: [
    "Escaneie o código QR com a câmera do seu celular",
    "Toque no link para abrir o WhatsApp",
    "Escaneie o código QR novamente para vincular à sua conta",
  ],
  refreshCode: "Clique para recarregar o código QR",
  linkByPhone: "Entrar com número de telefone",
  phoneTitle: "Insira o número de telefone",
  phoneHint: "Selecione o país e insira seu número de telefone.",
  phoneNext: "Avançar",
  codeTitle: "Insira o código no seu celular",
  codeHint: "No WhatsApp do celular, toque em Dispositivos conectados e insira este código.",
  conflictText:
    "O WhatsApp está aberto em outra janela. Clique em “Usar aqui” para usar o WhatsApp nesta janela.",
  useHere: "Usar aqui",
  banTitle: "Sua conta está banida temporariamente",
  banText: "Você poderá usar o WhatsApp novamente em",
  lockTitle: "O WhatsApp está bloqueado",
  lockHint: "Insira sua senha para desbloquear.",
  lockPassword: "Senha",
  unlock: "Desbloquear",
  loggingOut: "Desconectando",
  unsupportedTitle: "O WhatsApp funciona com o Google Chrome 85+",
  unsupportedText:
    "Para usar o WhatsApp, atualize o Chrome ou use o Mozilla Firefox, Safari, Microsoft Edge ou Opera.",
  bars: { offline: "Computador sem conexão", connecting: "Conectando…", update: "Atualizar" },
  barHints: {
    offline: "Verifique se o computador está conectado à internet.",
    connecting: "",
    update: "Clique para atualizar o WhatsApp.",
  },
  restricted: "Sua conta está restrita. Não é possível iniciar novas conversas no momento.",
  reloadTitle: "Atualize o WhatsApp",
  reloadText: "Uma nova versão está disponível. Atualize para continuar.",
  reload: "Atualizar",
  olderLoading: "Carregando mensagens…",
  dialogTitle: "Novidades",
  dialogText: "Veja o que mudou nesta versão.",
  close: "Fechar",
  today: "Hoje",
  yesterday: "Ontem",
};

const english: Labels = {
  chatList: "Chat list",
  searchResults: "Search results.",
  searchBox: "Search or start a new chat",
  filters: ["All", "Unread", "Favorites", "Groups"],
  rail: ["Chats", "Status", "Channels", "Communities"],
  chatsHeading: "Chats",
  newChat: "New chat",
  menu: "Menu",
  unread: (n) => (n === 1 ? "1 unread message" : `${n} unread messages`),
  unreadDivider: (n) => (n === 1 ? "1 unread message" : `${n} unread messages`),
  profile: "Profile details",
  videoCall: (group) => (group ? "Group video call" : "Video call"),
  search: "Search",
  more: "More options",
  writing: (how, author) => {
    const doing = how === "typing" ? "typing…" : "recording audio…";
    return author ? `${author} is ${doing}` : doing;
  },
  messageList: "Message list. Press right arrow key on a message to open message context menu.",
  you: "You",
  status: { pending: " Pending ", sent: " Sent ", delivered: " Delivered ", read: " Read " },
  edited: "Edited",
  forwarded: "Forwarded",
  quoted: "Quoted message",
  deletedByYou: "You deleted this message",
  deletedByThem: "This message was deleted",
  waiting: "Waiting for this message. This may take a while.",
  readMore: "Read more",
  openPicture: "Open picture",
  playVoice: "Play voice message",
  voiceMessage: "Voice message",
  sticker: "Sticker",
  viewFile: (name) => `View "${name}"`,
  photo: "Photo",
  video: "Video",
  document: "Document",
  contact: "Contact",
  writeTo: "Message",
  location: "Location",
  compose: "Type a message",
  composeTo: (title, group) => (group ? `Type a message to group ${title}` : `Type a message to ${title}`),
  attach: "Attach",
  emoji: "Emojis, GIFs, Stickers",
  send: "Send",
  record: "Voice message",
  blocked: "Can't send a message to blocked contact.",
  e2e: "Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them.",
  e2eShort: "End-to-end encrypted",
  introTitle: "WhatsApp Web",
  introText: "Send and receive messages without keeping your phone online.",
  loadingChats: "Loading your chats",
  scanHint: "Scan to log in",
  scanSteps: [
    "Scan the QR code with your phone's camera",
    "Tap the link to open WhatsApp",
    "Scan the QR code again to link to your account",
  ],
  refreshCode: "Click to reload QR code",
  linkByPhone: "Log in with phone number",
  phoneTitle: "Enter phone number",
  phoneHint: "Select a country and enter your phone number.",
  phoneNext: "Next",
  codeTitle: "Enter code on phone",
  codeHint: "In WhatsApp on your phone, tap Linked devices and enter this code.",
  conflictText: "WhatsApp is open in another window. Click “Use here” to use WhatsApp in this window.",
  useHere: "Use here",
  banTitle: "Your account is temporarily banned",
  banText: "You will be able to use WhatsApp again in",
  lockTitle: "WhatsApp is locked",
  lockHint: "Enter your password to unlock.",
  lockPassword: "Password",
  unlock: "Unlock",
  loggingOut: "Logging out",
  unsupportedTitle: "WhatsApp works with Google Chrome 85+",
  unsupportedText: "To use WhatsApp, update Chrome or use Mozilla Firefox, Safari, Microsoft Edge or Opera.",
  bars: { offline: "Computer not connected", connecting: "Connecting…", update: "Update available" },
  barHints: {
    offline: "Make sure your computer has an active internet connection.",
    connecting: "",
    update: "Click to update WhatsApp.",
  },
  restricted: "Your account is restricted. You can't start new chats right now.",
  reloadTitle: "Update WhatsApp",
  reloadText: "A new version is available. Update to continue.",
  reload: "Update",
  olderLoading: "Loading messages…",
  dialogTitle: "What's new",
  dialogText: "See what has changed in this version.",
  close: "Close",
  today: "Today",
  yesterday: "Yesterday",
};

export const labelsOf = (language: Language): Labels => (language === "en" ? english : portuguese);
