// The module's types follow in files of their own.
